using System.Numerics;
using Stn.Kernels.Reference;

namespace Stn.Kernels.Tests.Support;

/// <summary>
/// Every warp written as plainly as possible: point after point, float64 sums, the scalar reference for each tap. Only the
/// positions are taken in the warp's own type, since a rounding that crosses a pixel changes a gradient by a jump.
/// </summary>
public static class Oracle
{
    /// <summary>V.</summary>
    public static double[] Forward<T>(WarpCase<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var pixels = Doubles(c.Images);
        var output = new double[c.GradientOutput.Length];
        ForEach(c, (image, channel, point, at) =>
            output[Index(s, image, channel, point)] = Sample<T>(s, Plane(s, pixels, image, channel), at));
        return output;
    }

    /// <summary>The gradients of U, of the parameters and of the basis.</summary>
    public static Gradients<double> Backward<T>(WarpCase<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var pixels = Doubles(c.Images);
        var images = new double[c.Images.Length];
        var positions = new double[s.Count * s.Target.Length, 3];
        ForEach(c, (image, channel, point, at) =>
        {
            var amount = double.CreateTruncating(c.GradientOutput[Index(s, image, channel, point)]);
            var plane = images.AsSpan(((image * s.Channels) + channel) * s.Source.Length, s.Source.Length);
            Scatter<T>(s, plane, at, amount);
            var slope = Slope<T>(s, Plane(s, pixels, image, channel), at);
            for (var axis = 0; axis < 3; axis++)
                positions[(image * s.Target.Length) + point, axis] += slope[axis] == 0 ? 0 : amount * slope[axis];
        });
        return new Gradients<double>(images, Parameters(c, positions), Basis(c, positions));
    }

    private static double[] Parameters<T>(WarpCase<T> c, double[,] positions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var gradient = new double[c.Parameters.Length];
        for (var image = 0; image < s.Count; image++)
        {
            for (var point = 0; point < s.Target.Length; point++)
            {
                for (var axis = 0; axis < s.Dimensions; axis++)
                {
                    var amount = positions[(image * s.Target.Length) + point, axis];
                    if (amount != 0)
                        Places.AddGradient(c, image, point, axis, amount, gradient);
                }
            }
        }

        return gradient;
    }

    private static double[] Basis<T>(WarpCase<T> c, double[,] positions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var gradient = new double[c.Basis.Length];
        for (var i = 0; i < gradient.Length; i++)
        {
            var (k, point) = (i / s.Target.Length, i % s.Target.Length);
            for (var image = 0; image < s.Count; image++)
            {
                for (var axis = 0; axis < 2; axis++)
                {
                    var theta = double.CreateTruncating(c.Parameters[(image * s.Parameters) + (axis * s.Functions) + k]);
                    gradient[i] += theta * Places.PixelsPerUnit(s, axis) * positions[(image * s.Target.Length) + point, axis];
                }
            }
        }

        return gradient;
    }

    private static double Sample<T>(Setting s, ReadOnlySpan<double> image, double[] at)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (plane, padding) = (new Plane(s.Source.Height, s.Source.Width), s.Sampling.Padding);
        switch (s.Sampling.Interpolation)
        {
            case Interpolation.Cubic:
                return CubicReference.Sample(
                    image, plane, Mirror<T>(s, at, 0).Position, Mirror<T>(s, at, 1).Position, s.Sampling.CubicSlope, s.Align, padding);
            case Interpolation.AntiAliased:
                return AntiAliasedReference.Sample(
                    image, plane, Mirror<T>(s, at, 0).Position, Mirror<T>(s, at, 1).Position, at[3], at[4], s.Align, padding);
            case Interpolation.Nearest:
                var pixel = Pixel<T>(s, at);
                return pixel < 0 ? padding.Value : image[pixel];
            default:
                var (x, y, z) = (Fold<T>(s, at, 0), Fold<T>(s, at, 1), Fold<T>(s, at, 2));
                return s.IsVolume
                    ? TrilinearReference.Sample(image, s.Source, x.Position, y.Position, z.Position, padding.Value)
                    : BilinearReference.Sample(image, plane, x.Position, y.Position, padding.Value);
        }
    }

    private static double[] Slope<T>(Setting s, ReadOnlySpan<double> image, double[] at)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (plane, padding) = (new Plane(s.Source.Height, s.Source.Width), s.Sampling.Padding);
        if (s.Sampling.Interpolation == Interpolation.Nearest)
            return [0, 0, 0];
        if (s.Sampling.Interpolation == Interpolation.Cubic)
        {
            var (across, down) = (Mirror<T>(s, at, 0), Mirror<T>(s, at, 1));
            var cubic = CubicReference.Gradient(image, plane, across.Position, down.Position, s.Sampling.CubicSlope, s.Align, padding);
            return [cubic.X * across.Slope, cubic.Y * down.Slope, 0];
        }

        if (s.Sampling.Interpolation == Interpolation.AntiAliased)
        {
            var (across, down) = (Mirror<T>(s, at, 0), Mirror<T>(s, at, 1));
            var wide = AntiAliasedReference.Gradient(image, plane, across.Position, down.Position, at[3], at[4], s.Align, padding);
            return [wide.X * across.Slope, wide.Y * down.Slope, 0];
        }

        var (x, y, z) = (Fold<T>(s, at, 0), Fold<T>(s, at, 1), Fold<T>(s, at, 2));
        if (s.IsVolume)
        {
            var slope = TrilinearReference.Gradient(image, s.Source, x.Position, y.Position, z.Position, padding.Value);
            return [slope.X * x.Slope, slope.Y * y.Slope, slope.Z * z.Slope];
        }

        var linear = BilinearReference.Gradient(image, plane, x.Position, y.Position, padding.Value);
        return [linear.X * x.Slope, linear.Y * y.Slope, 0];
    }

    private static void Scatter<T>(Setting s, Span<double> gradient, double[] at, double amount)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (plane, padding) = (new Plane(s.Source.Height, s.Source.Width), s.Sampling.Padding);
        switch (s.Sampling.Interpolation)
        {
            case Interpolation.Cubic:
                CubicReference.Scatter(
                    gradient, plane, Mirror<T>(s, at, 0).Position, Mirror<T>(s, at, 1).Position, s.Sampling.CubicSlope, s.Align,
                    padding, amount);
                break;
            case Interpolation.AntiAliased:
                AntiAliasedReference.Scatter(
                    gradient, plane, Mirror<T>(s, at, 0).Position, Mirror<T>(s, at, 1).Position, at[3], at[4], s.Align, padding, amount);
                break;
            case Interpolation.Nearest:
                var pixel = Pixel<T>(s, at);
                if (pixel >= 0)
                    gradient[pixel] += amount;
                break;
            default:
                var (x, y, z) = (Fold<T>(s, at, 0), Fold<T>(s, at, 1), Fold<T>(s, at, 2));
                if (s.IsVolume)
                    TrilinearReference.Scatter(gradient, s.Source, x.Position, y.Position, z.Position, amount);
                else
                    BilinearReference.Scatter(gradient, plane, x.Position, y.Position, amount);
                break;
        }
    }

    private static int Pixel<T>(Setting s, double[] at)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = NearestReference.Index(Fold<T>(s, at, 0).Position, s.Source.Width, s.Sampling.Ties);
        var y = NearestReference.Index(Fold<T>(s, at, 1).Position, s.Source.Height, s.Sampling.Ties);
        var z = s.IsVolume ? NearestReference.Index(Fold<T>(s, at, 2).Position, s.Source.Depth, s.Sampling.Ties) : 0;
        return (x | y | z) < 0 ? -1 : (((z * s.Source.Height) + y) * s.Source.Width) + x;
    }

    // In the warp's own type: a mirror rounds.
    private static (double Position, double Slope) Fold<T>(Setting s, double[] at, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (position, slope) = PaddingReference.Fold(
            T.CreateTruncating(at[axis]), Places.SizeOf(s.Source, axis), s.Align, s.Sampling.Padding.Mode);
        return (double.CreateTruncating(position), double.CreateTruncating(slope));
    }

    private static (double Position, double Slope) Mirror<T>(Setting s, double[] at, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (s.Sampling.Padding.Mode != PaddingMode.Reflection)
            return (at[axis], 1);
        var (position, slope) = PaddingReference.Mirror(T.CreateTruncating(at[axis]), Places.SizeOf(s.Source, axis), s.Align);
        return (double.CreateTruncating(position), double.CreateTruncating(slope));
    }

    private static void ForEach<T>(WarpCase<T> c, Action<int, int, int, double[]> body)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        for (var image = 0; image < s.Count; image++)
        {
            for (var point = 0; point < s.Target.Length; point++)
            {
                var at = Places.Of(c, image, point);
                if (s.Sampling.Interpolation == Interpolation.AntiAliased)
                    at = [.. at, Scale(c, image, point, 0), Scale(c, image, point, 1)];
                for (var channel = 0; channel < s.Channels; channel++)
                    body(image, channel, point, at);
            }
        }
    }

    // In the warp's own type, as its positions.
    private static double Scale<T>(WarpCase<T> c, int image, int point, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var plane = c.Setting.TargetPlane;
        var (row, column) = (point / plane.Width, point % plane.Width);
        return double.CreateTruncating(AntiAliasedReference.Scale(At(0, 0), At(0, -1), At(0, 1), At(-1, 0), At(1, 0)));

        T At(int down, int right) => (uint)(row + down) < (uint)plane.Height && (uint)(column + right) < (uint)plane.Width
            ? T.CreateTruncating(Places.Of(c, image, point + (down * plane.Width) + right)[axis])
            : T.NaN;
    }

    private static int Index(Setting s, int image, int channel, int point) =>
        (((image * s.Channels) + channel) * s.Target.Length) + point;

    private static double[] Doubles<T>(T[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. values.Select(double.CreateTruncating)];

    private static ReadOnlySpan<double> Plane(Setting s, double[] images, int image, int channel) =>
        images.AsSpan(((image * s.Channels) + channel) * s.Source.Length, s.Source.Length);
}
