using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Taps;
using Stn.Kernels.Threading;

namespace Stn.Kernels.Warps;

/// <summary>The forward pass of every transformation with every sampler: locate the points of a tile, then read them.</summary>
internal static unsafe partial class Warp
{
    /// <summary>Writes V.</summary>
    public static void Forward<T, TPoints>(
        in Geometry geometry, T* images, in TPoints points, Sampler sampler, AlignCorners align, T* outputs, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
    {
        var volume = geometry.Target.Depth > 1 || geometry.Source.Depth > 1;
        switch (sampler.Interpolation)
        {
            case Interpolation.Linear:
                Forward(geometry, images, points, new BilinearTaps<T>(sampler.Padding, align), outputs, threads);
                break;
            default:
                throw new NotSupportedException($"There is no {sampler.Interpolation} sampler of {(volume ? "volumes" : "images")}.");
        }
    }

    private static void Forward<T, TPoints, TTaps>(
        in Geometry geometry, T* images, in TPoints points, in TTaps taps, T* outputs, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        var tiling = new Tiling(geometry.Target);
        var body = new ForwardBody<T, TPoints, TTaps>(geometry, tiling, images, outputs, points, taps);
        KernelThreads.For(geometry.Count * tiling.Count, threads, int.MaxValue, body);
    }

    private readonly struct ForwardBody<T, TPoints, TTaps>(
        Geometry geometry, Tiling tiling, T* images, T* outputs, TPoints points, TTaps taps) : ITaskBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        public void Invoke(int task)
        {
            var (tile, image) = (tiling[task / geometry.Count], task % geometry.Count);
            var staged = Staged<T>.Of(points, image, tile, gradients: false);
            taps.Forward(new Work<T>(geometry, image) { Images = images, Outputs = outputs }, tile, staged);
        }
    }
}
