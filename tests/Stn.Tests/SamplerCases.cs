using Stn.Kernels;
using Stn.Kernels.Reference;
using Stn.Samplers;
using Stn.Transformations;

namespace Stn.Tests;

/// <summary>Every built-in sampler by name, with its value at a point by the scalar forms of Stn.Kernels.</summary>
internal static class SamplerCases
{
    /// <summary>Those whose value at a point depends on nothing but the point.</summary>
    internal static string[] Pointwise { get; } =
    [
        .. from kind in new[] { "bilinear", "nearest", "nearest-up", "bicubic", "bicubic-half" }
           from padding in new[] { "zeros", "border", "reflection", "constant" }
           select $"{kind} {padding}",
    ];

    internal static string[] AntiAliased { get; } =
        ["antialiased zeros", "antialiased border", "antialiased reflection", "antialiased constant"];

    internal static string[] Names { get; } = [.. Pointwise, .. AntiAliased];

    /// <summary>Those that have a fused form for volumes.</summary>
    internal static string[] OfVolumes { get; } = [.. Pointwise.Where(name => !name.StartsWith("bicubic", StringComparison.Ordinal))];

    internal static Sampler Make(string name)
    {
        var padding = name.Split(' ')[1] switch
        {
            "zeros" => Padding.Zeros,
            "border" => Padding.Border,
            "reflection" => Padding.Reflection,
            _ => Padding.Constant(0.7),
        };
        return name.Split(' ')[0] switch
        {
            "bilinear" => new BilinearSampler(padding),
            "nearest" => new NearestSampler(padding),
            "nearest-up" => new NearestSampler(padding, TieRule.HalfUp),
            "bicubic" => new BicubicSampler(padding),
            "antialiased" => new AntiAliasedSampler(padding),
            _ => new BicubicSampler(padding, slope: -0.5),
        };
    }

    /// <summary>V of every plane, point by point.</summary>
    internal static double[] Warp(
        ReadOnlySpan<double> images, ImageBatch shape, Transformation transformation, ReadOnlySpan<double> theta,
        Sampling sampling, Plane target, AlignCorners align)
    {
        var output = new double[shape.Count * shape.Channels * target.Length];
        for (var i = 0; i < output.Length; i++)
        {
            var (plane, pixel) = (i / target.Length, i % target.Length);
            var own = theta.Slice(plane / shape.Channels * transformation.ParameterCount, transformation.ParameterCount).ToArray();
            var image = images.Slice(plane * shape.Plane.Length, shape.Plane.Length);
            output[i] = sampling.Interpolation == Interpolation.AntiAliased
                ? AntiAliasedAt(image, shape.Plane, Map, pixel % target.Width, pixel / target.Width, sampling.Padding, align)
                : At(image, shape.Plane, Map(pixel % target.Width, pixel / target.Width), sampling, align);

            NormalizedPoint Map(int column, int row) => column >= 0 && column < target.Width && row >= 0 && row < target.Height
                ? transformation.Map(own, new NormalizedPoint(
                    Coordinates.OfPixel<double>(column, target.Width, align), Coordinates.OfPixel<double>(row, target.Height, align)))
                : new NormalizedPoint(double.NaN, double.NaN);
        }

        return output;
    }

    private static double AntiAliasedAt(
        ReadOnlySpan<double> image, Plane plane, Func<int, int, NormalizedPoint> map, int column, int row, Padding padding, AlignCorners align)
    {
        return AntiAliasedReference.Sample(
            image, plane, X(0, 0), Y(0, 0), AntiAliasedReference.Scale(X(0, 0), X(-1, 0), X(1, 0), X(0, -1), X(0, 1)),
            AntiAliasedReference.Scale(Y(0, 0), Y(-1, 0), Y(1, 0), Y(0, -1), Y(0, 1)), align, padding);

        double X(int right, int down) => Coordinates.ToPixel(map(column + right, row + down).X, plane.Width, align);
        double Y(int right, int down) => Coordinates.ToPixel(map(column + right, row + down).Y, plane.Height, align);
    }

    /// <summary>V of every channel of volumes, where a transformation maps each target point by itself.</summary>
    internal static double[] Warp(
        ReadOnlySpan<double> volumes, VolumeBatch shape, Transformation3D transformation, ReadOnlySpan<double> theta,
        Sampling sampling, Volume target, AlignCorners align)
    {
        var output = new double[shape.Count * shape.Channels * target.Length];
        for (var i = 0; i < output.Length; i++)
        {
            var (plane, voxel) = (i / target.Length, i % target.Length);
            var point = new NormalizedPoint3D(
                Coordinates.OfPixel<double>(voxel % target.Width, target.Width, align),
                Coordinates.OfPixel<double>(voxel / target.Width % target.Height, target.Height, align),
                Coordinates.OfPixel<double>(voxel / target.Width / target.Height, target.Depth, align));
            var own = theta.Slice(plane / shape.Channels * transformation.ParameterCount, transformation.ParameterCount);
            output[i] = At(volumes.Slice(plane * shape.Volume.Length, shape.Volume.Length), shape.Volume, transformation.Map(own, point), sampling, align);
        }

        return output;
    }

    private static double At(ReadOnlySpan<double> volume, Volume size, NormalizedPoint3D point, Sampling sampling, AlignCorners align)
    {
        var (x, y, z) = (Place(point.X, size.Width), Place(point.Y, size.Height), Place(point.Z, size.Depth));
        if (sampling.Interpolation == Interpolation.Linear)
            return TrilinearReference.Sample(volume, size, x, y, z, sampling.Padding.Value);
        var (column, row, slice) = (Index(x, size.Width), Index(y, size.Height), Index(z, size.Depth));
        return (column | row | slice) < 0 ? sampling.Padding.Value : volume[(((slice * size.Height) + row) * size.Width) + column];

        double Place(double coordinate, int pixels) =>
            PaddingReference.Fold(Coordinates.ToPixel(coordinate, pixels, align), pixels, align, sampling.Padding.Mode).Position;

        int Index(double place, int pixels) => NearestReference.Index(place, pixels, sampling.Ties);
    }

    private static double At(ReadOnlySpan<double> image, Plane plane, NormalizedPoint point, Sampling sampling, AlignCorners align)
    {
        var padding = sampling.Padding;
        var (x, y) = (Coordinates.ToPixel(point.X, plane.Width, align), Coordinates.ToPixel(point.Y, plane.Height, align));
        if (sampling.Interpolation == Interpolation.Cubic)
            return CubicReference.Sample(image, plane, x, y, sampling.CubicSlope, align, padding);

        x = PaddingReference.Fold(x, plane.Width, align, padding.Mode).Position;
        y = PaddingReference.Fold(y, plane.Height, align, padding.Mode).Position;
        if (sampling.Interpolation == Interpolation.Linear)
            return BilinearReference.Sample(image, plane, x, y, padding.Value);
        var (column, row) = (NearestReference.Index(x, plane.Width, sampling.Ties), NearestReference.Index(y, plane.Height, sampling.Ties));
        return (column | row) < 0 ? padding.Value : image[(row * plane.Width) + column];
    }
}
