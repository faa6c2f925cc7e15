using System.Numerics;

namespace Stn.Kernels.Tests.Support;

/// <summary>The calls of the public surface that a setting stands for.</summary>
public static class WarpCalls
{
    /// <summary>The forward call on any memory.</summary>
    public static void Forward<T>(
        Setting s, ReadOnlySpan<T> images, ReadOnlySpan<T> parameters, ReadOnlySpan<T> basis, Span<T> output, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (s.Kind)
        {
            case Kind.Affine:
                AffineWarp.Forward(images, s.Images, parameters, s.Sampling, s.Align, s.TargetPlane, output, threads);
                break;
            case Kind.Projective:
                ProjectiveWarp.Forward(images, s.Images, parameters, s.Sampling, s.Align, s.TargetPlane, output, threads);
                break;
            case Kind.Grid:
                GridWarp.Forward(images, s.Images, parameters, s.Sampling, s.Align, s.TargetPlane, output, threads);
                break;
            case Kind.Basis:
                BasisWarp.Forward(
                    images, s.Images, parameters, basis, s.Functions, s.Sampling, s.Align, s.TargetPlane, output, threads);
                break;
            case Kind.Spline:
                SplineWarp.Forward(images, s.Images, parameters, SplineTables.Of<T>(s), s.Sampling, s.Align, output, threads);
                break;
            case Kind.Affine3D:
                AffineWarp3D.Forward(images, s.Volumes, parameters, s.Sampling, s.Align, s.Target, output, threads);
                break;
            default:
                GridWarp3D.Forward(images, s.Volumes, parameters, s.Sampling, s.Align, s.Target, output, threads);
                break;
        }
    }

    /// <summary>The backward call on any memory.</summary>
    public static void Backward<T>(
        Setting s, ReadOnlySpan<T> images, ReadOnlySpan<T> parameters, ReadOnlySpan<T> basis, ReadOnlySpan<T> gradientOutput,
        Span<T> gradientImages, Span<T> gradientParameters, Span<T> gradientBasis, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (s.Kind)
        {
            case Kind.Affine:
                AffineWarp.Backward(
                    images, s.Images, parameters, s.Sampling, s.Align, s.TargetPlane, gradientOutput, gradientImages,
                    gradientParameters, threads);
                break;
            case Kind.Projective:
                ProjectiveWarp.Backward(
                    images, s.Images, parameters, s.Sampling, s.Align, s.TargetPlane, gradientOutput, gradientImages,
                    gradientParameters, threads);
                break;
            case Kind.Grid:
                GridWarp.Backward(
                    images, s.Images, parameters, s.Sampling, s.Align, s.TargetPlane, gradientOutput, gradientImages,
                    gradientParameters, threads);
                break;
            case Kind.Basis:
                BasisWarp.Backward(
                    images, s.Images, parameters, basis, s.Functions, s.Sampling, s.Align, s.TargetPlane, gradientOutput,
                    gradientImages, gradientParameters, gradientBasis, threads);
                break;
            case Kind.Spline:
                SplineWarp.Backward(
                    images, s.Images, parameters, SplineTables.Of<T>(s), s.Sampling, s.Align, gradientOutput, gradientImages,
                    gradientParameters, threads);
                break;
            case Kind.Affine3D:
                AffineWarp3D.Backward(
                    images, s.Volumes, parameters, s.Sampling, s.Align, s.Target, gradientOutput, gradientImages,
                    gradientParameters, threads);
                break;
            default:
                GridWarp3D.Backward(
                    images, s.Volumes, parameters, s.Sampling, s.Align, s.Target, gradientOutput, gradientImages,
                    gradientParameters, threads);
                break;
        }
    }
}
