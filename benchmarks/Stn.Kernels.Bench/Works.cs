namespace Stn.Kernels.Bench;

/// <summary>Something to time.</summary>
internal sealed record Work(string Name, Action Run);

/// <summary>The works of a size, on arrays of their own: θ is the identity and a tenth of a normal draw.</summary>
internal static class Works
{
    public static Work Copy(Size size)
    {
        float[] from = new float[size.Elements], to = new float[size.Elements];
        return new Work("copy", () => from.AsSpan().CopyTo(to));
    }

    public static IEnumerable<Work> Of(Size size, int threads) => Planes(size, threads);

    private static IEnumerable<Work> Planes(Size size, int threads)
    {
        var (random, plane) = (new Random(1), size.Images.Plane);
        var (images, outputs) = (Draw(random, size.Elements), new float[size.Elements]);
        var (gradients, gradientImages) = (Draw(random, size.Elements), new float[size.Elements]);
        var theta = Thetas(random, size.Count, [1, 0, 0, 0, 1, 0]);
        var gradientTheta = new float[theta.Length];
        var linear = Sampler.Linear();
        var align = AlignCorners.False;

        yield return new("affine-forward", () =>
            AffineWarp.Forward<float>(images, size.Images, theta, linear, align, plane, outputs, threads));
        yield return new("affine-backward", () => AffineWarp.Backward<float>(
            images, size.Images, theta, linear, align, plane, gradients, gradientImages, gradientTheta, threads));
        yield return new("affine-backward-theta", () => AffineWarp.Backward<float>(
            images, size.Images, theta, linear, align, plane, gradients, [], gradientTheta, threads));
        yield return new("affine-backward-image", () => AffineWarp.Backward<float>(
            images, size.Images, theta, linear, align, plane, gradients, gradientImages, [], threads));
    }

    private static float[] Thetas(Random random, int count, float[] identity)
    {
        var theta = new float[count * identity.Length];
        for (var i = 0; i < theta.Length; i++)
            theta[i] = identity[i % identity.Length] + (0.1f * Normal(random));
        return theta;
    }

    private static float[] Draw(Random random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = Normal(random);
        return values;
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
