using Stn.Kernels;
using Stn.Kernels.Reference;
using Stn.Samplers;
using Stn.Transformations;

namespace Stn.Tests;

/// <summary>Every built-in sampler by name, with its value at a point by the scalar forms of Stn.Kernels.</summary>
internal static class SamplerCases
{
    internal static string[] Names { get; } =
    [
        .. from kind in new[] { "bilinear", "nearest", "nearest-up", "bicubic", "bicubic-half" }
           from padding in new[] { "zeros", "border", "reflection", "constant" }
           select $"{kind} {padding}",
    ];

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
            _ => new BicubicSampler(padding, slope: -0.5),
        };
    }

    /// <summary>V of every plane, where a transformation maps each target point by itself.</summary>
    internal static double[] Warp(
        ReadOnlySpan<double> images, ImageBatch shape, Transformation transformation, ReadOnlySpan<double> theta,
        Sampling sampling, Plane target, AlignCorners align)
    {
        var output = new double[shape.Count * shape.Channels * target.Length];
        for (var i = 0; i < output.Length; i++)
        {
            var (plane, pixel) = (i / target.Length, i % target.Length);
            var point = new NormalizedPoint(
                Coordinates.OfPixel<double>(pixel % target.Width, target.Width, align),
                Coordinates.OfPixel<double>(pixel / target.Width, target.Height, align));
            var own = theta.Slice(plane / shape.Channels * transformation.ParameterCount, transformation.ParameterCount);
            output[i] = At(images.Slice(plane * shape.Plane.Length, shape.Plane.Length), shape.Plane, transformation.Map(own, point), sampling, align);
        }

        return output;
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
