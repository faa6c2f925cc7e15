namespace Stn.Kernels.Bench;

/// <summary>Something to time.</summary>
internal sealed record Work(string Name, Action Run);

/// <summary>The works of a size, on arrays of their own: θ is the identity and a tenth of a normal draw.</summary>
internal static class Works
{
    private const AlignCorners Align = AlignCorners.False;

    public static Work Copy(Size size)
    {
        float[] from = new float[size.Elements], to = new float[size.Elements];
        return new Work("copy", () => from.AsSpan().CopyTo(to));
    }

    public static IEnumerable<Work> Of(Size size, int threads)
    {
        var buffers = new Buffers(size);
        return size.Depth == 1
            ? [.. Affine(size, buffers, threads), .. Grid(size, buffers, threads), .. Others(size, buffers, threads), .. Splines(size, buffers, threads)]
            : Volumes(size, buffers, threads);
    }

    private static IEnumerable<Work> Affine(Size size, Buffers b, int threads)
    {
        var (shape, plane, linear) = (size.Images, size.Images.Plane, Sampling.Linear());
        var theta = b.Thetas(1, 0, 0, 0, 1, 0);
        var gradientTheta = new float[theta.Length];
        void Backward(float[] images, float[] parameters) => AffineWarp.Backward<float>(
            b.Images, shape, theta, linear, Align, plane, b.GradientOutputs, images, parameters, threads);

        yield return new("affine-forward", () =>
            AffineWarp.Forward<float>(b.Images, shape, theta, linear, Align, plane, b.Outputs, threads));
        yield return new("affine-backward", () => Backward(b.GradientImages, gradientTheta));
        yield return new("affine-backward-theta", () => Backward([], gradientTheta));
        yield return new("affine-backward-image", () => Backward(b.GradientImages, []));
    }

    private static IEnumerable<Work> Grid(Size size, Buffers b, int threads)
    {
        var (shape, plane) = (size.Images, size.Images.Plane);
        var grid = b.Grid();
        var gradientGrid = new float[grid.Length];
        foreach (var sampling in new[] { Sampling.Linear(), Sampling.Linear(Padding.Border), Sampling.Nearest(), Sampling.Cubic() })
        {
            var name = $"grid-{sampling.Interpolation}{(sampling.Padding.Mode == PaddingMode.Constant ? "" : "-border")}".ToLowerInvariant();
            yield return new($"{name}-forward", () =>
                GridWarp.Forward<float>(b.Images, shape, grid, sampling, Align, plane, b.Outputs, threads));
            yield return new($"{name}-backward", () => GridWarp.Backward<float>(
                b.Images, shape, grid, sampling, Align, plane, b.GradientOutputs, b.GradientImages, gradientGrid, threads));
        }
    }

    private static IEnumerable<Work> Others(Size size, Buffers b, int threads)
    {
        var (shape, plane, linear) = (size.Images, size.Images.Plane, Sampling.Linear());
        var projective = b.Thetas(1, 0, 0, 0, 1, 0, 0, 0);
        var gradientProjective = new float[projective.Length];
        yield return new("projective-forward", () =>
            ProjectiveWarp.Forward<float>(b.Images, shape, projective, linear, Align, plane, b.Outputs, threads));
        yield return new("projective-backward", () => ProjectiveWarp.Backward<float>(
            b.Images, shape, projective, linear, Align, plane, b.GradientOutputs, b.GradientImages, gradientProjective, threads));

        var basis = Array.ConvertAll(ThinPlateSpline.Basis(4, plane, Align), value => (float)value);
        var spline = b.Thetas(Array.ConvertAll(ThinPlateSpline.Lattice(4), value => (float)value));
        var gradientSpline = new float[spline.Length];
        yield return new("basis-forward", () =>
            BasisWarp.Forward<float>(b.Images, shape, spline, basis, 16, linear, Align, plane, b.Outputs, threads));
        yield return new("basis-backward", () => BasisWarp.Backward<float>(
            b.Images, shape, spline, basis, 16, linear, Align, plane, b.GradientOutputs, b.GradientImages, gradientSpline, [], threads));
    }

    private static IEnumerable<Work> Splines(Size size, Buffers b, int threads)
    {
        var (shape, linear, table) = (size.Images, Sampling.Linear(), new SplineTable<float>(4, size.Images.Plane, Align));
        var spline = b.Thetas(Array.ConvertAll(ThinPlateSpline.Lattice(4), value => (float)value));
        var gradientSpline = new float[spline.Length];
        yield return new("tps-forward", () => SplineWarp.Forward<float>(b.Images, shape, spline, table, linear, Align, b.Outputs, threads));
        yield return new("tps-backward", () => SplineWarp.Backward<float>(
            b.Images, shape, spline, table, linear, Align, b.GradientOutputs, b.GradientImages, gradientSpline, threads));
    }

    private static IEnumerable<Work> Volumes(Size size, Buffers b, int threads)
    {
        var (shape, volume, linear) = (size.Volumes, size.Volumes.Volume, Sampling.Linear());
        var theta = b.Thetas(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
        var gradientTheta = new float[theta.Length];
        void Backward(float[] images, float[] parameters) => AffineWarp3D.Backward<float>(
            b.Images, shape, theta, linear, Align, volume, b.GradientOutputs, images, parameters, threads);

        yield return new("affine3d-forward", () =>
            AffineWarp3D.Forward<float>(b.Images, shape, theta, linear, Align, volume, b.Outputs, threads));
        yield return new("affine3d-backward", () => Backward(b.GradientImages, gradientTheta));
        yield return new("affine3d-backward-theta", () => Backward([], gradientTheta));
        yield return new("affine3d-backward-image", () => Backward(b.GradientImages, []));
    }
}
