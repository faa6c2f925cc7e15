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
        in Geometry geometry, T* images, in TPoints points, Sampling sampling, AlignCorners align, T* outputs, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
    {
        switch (sampling.Interpolation, points.Dimensions)
        {
            case (Interpolation.Linear, 2):
                Forward(geometry, images, points, new BilinearTaps<T>(sampling.Padding, align), outputs, threads);
                break;
            case (Interpolation.Linear, 3):
                Forward(geometry, images, points, new TrilinearTaps<T>(sampling.Padding, align), outputs, threads);
                break;
            case (Interpolation.Nearest, _):
                Forward(geometry, images, points, new NearestTaps<T>(sampling.Padding, align, sampling.Ties), outputs, threads);
                break;
            case (Interpolation.Cubic, 2):
                Forward(geometry, images, points, new CubicTaps<T>(sampling.Padding, align, sampling.CubicSlope), outputs, threads);
                break;
            case (Interpolation.AntiAliased, 2):
                Forward(geometry, images, points, new AntiAliasedTaps<T, TPoints>(points, sampling.Padding, align), outputs, threads);
                break;
            default:
                throw NoSuchSampler(sampling, points.Dimensions);
        }
    }

    private static NotSupportedException NoSuchSampler(Sampling sampling, int dimensions) =>
        new($"There is no {sampling.Interpolation} sampler in {dimensions} dimensions.");

    private static void Forward<T, TPoints, TTaps>(
        in Geometry geometry, T* images, in TPoints points, in TTaps taps, T* outputs, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        var tiling = TilingOf<T, TPoints>(geometry, points);
        var body = new ForwardBody<T, TPoints, TTaps>(geometry, tiling, images, outputs, points, taps);
        For(body.TileFirst, geometry.Count, tiling, threads, together: true, ordered: false, body);
    }

    private static Tiling TilingOf<T, TPoints>(in Geometry geometry, in TPoints points)
        where T : unmanaged
        where TPoints : struct, IPoints<T> => points.IsMirrored
            ? Tiling.Mirrored(geometry.Target, geometry.Channels)
            : new Tiling(geometry.Target, geometry.Channels);

    // The tasks of an image follow each other, or those of a tile if there are several. Mirror images of a tile go together unless too
    // few threads would have work then, or would wait for each other's turn: then every tile is claimed alone.
    private static void For<TBody>(bool tileFirst, int images, in Tiling tiling, int threads, bool together, bool ordered, TBody body)
        where TBody : struct, ITaskBody
    {
        var (groups, size) = tileFirst && tiling.Count > 1 ? (tiling.Count / tiling.Images, images * tiling.Images) : (images, tiling.Count);
        var busy = threads == 0 ? KernelThreads.Default : threads;
        if (tiling.Images > 1 && (images * tiling.Count / tiling.Images < 2 * busy || (ordered && images < busy)))
            KernelThreads.For(groups: 1, groups * size, least: 1, threads, together, ordered, body);
        else
            KernelThreads.For(groups, size, tiling.Images, threads, together, ordered, body);
    }

    private static (int Image, int Tile) Split(bool tileFirst, int task, int images, in Tiling tiling)
    {
        if (!tileFirst)
            return (task / tiling.Count, task % tiling.Count);
        var (group, place) = (task / (images * tiling.Images), task % (images * tiling.Images));
        return (place / tiling.Images, (group * tiling.Images) + (place % tiling.Images));
    }

    private readonly struct ForwardBody<T, TPoints, TTaps>(
        Geometry geometry, Tiling tiling, T* images, T* outputs, TPoints points, TTaps taps) : ITaskBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        public bool TileFirst { get; } = points.TileFirst;

        public void Invoke(int task)
        {
            var (image, index) = Split(TileFirst, task, geometry.Count, tiling);
            var tile = tiling[index];
            var work = new Work<T>(geometry, image) { Images = images, Outputs = outputs };
            if (!AffineRows.TryForward(work, tile, points, taps))
                taps.Forward(work, tile, Staged<T>.Of(points, taps, image, tile, gradients: false));
        }
    }
}
