using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Tests;

/// <summary>Inputs that the tests share.</summary>
internal static class Example
{
    /// <summary>A Float64 batch of affine parameters near the identity, none of which puts a sample on a whole pixel.</summary>
    internal static Tensor Theta(int images, int seed = 5)
    {
        var noise = GradientCheck.Input(seed, images, 6).Detach() * 0.15;
        return (noise + Tensor.From([1.0, 0, 0, 0, 1.0, 0], 6)).Detach().RequireGrad();
    }

    /// <summary>Warps every plane of a batch by the scalar reference.</summary>
    internal static double[] Reference(Tensor image, Tensor theta, Plane target, AlignCorners align)
    {
        var (pixels, parameters) = (image.Detach().ToArray<double>(), theta.Detach().ToArray<double>());
        var (images, channels) = ((int)image.Size(0), (int)image.Size(1));
        var source = new Plane((int)image.Size(2), (int)image.Size(3));
        var output = new double[images * channels * target.Length];
        for (var plane = 0; plane < images * channels; plane++)
        {
            Stn.Kernels.Reference.BilinearReference.Affine<double>(
                pixels.AsSpan(plane * source.Length, source.Length), source, parameters.AsSpan(plane / channels * 6, 6), align, target,
                output.AsSpan(plane * target.Length, target.Length));
        }

        return output;
    }
}
