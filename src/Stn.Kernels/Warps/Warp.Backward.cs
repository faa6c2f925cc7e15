using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Taps;
using Stn.Kernels.Threading;

namespace Stn.Kernels.Warps;

/// <content>
/// The backward pass: locate the points of a tile again (no grid is kept), gather the gradients of their positions, add
/// their gradients of U, and reduce the former to the gradients of the transformation's parameters.
/// </content>
internal static unsafe partial class Warp
{
    // Images go in blocks that have about so many partial sums and turns: the batch may be of any size, scratch is not.
    private const int MostSums = 1 << 14;
    private const int LeastBlock = 16;

    /// <summary>Writes the gradients of U and of the transformation's parameters, each unless it is null.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="images">U.</param>
    /// <param name="points">The transformation.</param>
    /// <param name="sampling">The sampler.</param>
    /// <param name="align">The convention.</param>
    /// <param name="gradientOutputs">The gradient of V.</param>
    /// <param name="gradientImages">The gradient of U, or null.</param>
    /// <param name="gradientSums">The gradient of the parameters (N × <see cref="IPoints{T}.Sums"/>), or null.</param>
    /// <param name="positions">Whether the gradients of the positions are wanted, for the parameters or for the grid itself.</param>
    /// <param name="threads">The most threads.</param>
    public static void Backward<T, TPoints>(
        in Geometry geometry, T* images, in TPoints points, Sampling sampling, AlignCorners align, T* gradientOutputs,
        T* gradientImages, T* gradientSums, bool positions, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
    {
        if (gradientImages == null && !positions)
            return;
        switch (sampling.Interpolation, points.Dimensions)
        {
            case (Interpolation.Linear, 2):
                With(new BilinearTaps<T>(sampling.Padding, align), geometry, points);
                break;
            case (Interpolation.Linear, 3):
                With(new TrilinearTaps<T>(sampling.Padding, align), geometry, points);
                break;
            case (Interpolation.Nearest, _):
                With(new NearestTaps<T>(sampling.Padding, align, sampling.Ties), geometry, points);
                break;
            case (Interpolation.Cubic, 2):
                With(new CubicTaps<T>(sampling.Padding, align, sampling.CubicSlope), geometry, points);
                break;
            case (Interpolation.AntiAliased, 2):
                With(new AntiAliasedTaps<T, TPoints>(points, sampling.Padding, align), geometry, points);
                break;
            default:
                throw NoSuchSampler(sampling, points.Dimensions);
        }

        void With<TTaps>(TTaps taps, in Geometry geometry, in TPoints points)
            where TTaps : struct, ITaps<T> =>
            Backward(geometry, images, points, taps, gradientOutputs, gradientImages, gradientSums, positions, threads);
    }

    private static void Backward<T, TPoints, TTaps>(
        in Geometry geometry, T* images, in TPoints points, in TTaps taps, T* gradientOutputs, T* gradientImages,
        T* gradientSums, bool positions, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        var tiling = TilingOf<T, TPoints>(geometry, points);
        // Of one image the first tile would clear all planes while the others wait.
        var cleared = gradientImages != null && (tiling.Count == 0 || (geometry.Count == 1 && tiling.Count > 1));
        if (cleared)
            Clear(gradientImages, geometry.ImageLength, threads);
        var ordered = gradientImages != null && tiling.Count > 1 && threads != 1;
        var block = Math.Max(LeastBlock, MostSums / Math.Max(1, tiling.Count * Math.Max(points.Sums, ordered ? geometry.Channels : 1)));
        var partial = Scratch.Current.Take<double>(Slot.Sums, checked(block * tiling.Count * points.Sums));
        for (var first = 0; first < geometry.Count; first += block)
        {
            var count = Math.Min(block, geometry.Count - first);
            new Span<double>(partial, count * tiling.Count * points.Sums).Clear();
            var turns = ordered ? new Turns(first * geometry.Channels, count * geometry.Channels) : null;
            var body = new BackwardBody<T, TPoints, TTaps>(
                geometry, tiling, first, count, images, gradientOutputs, gradientImages, points, taps, partial, positions, cleared, turns);
            var together = points.Turns is null && !(body.TileFirst && ordered);
            For(body.TileFirst, count, tiling, threads, together, ordered, body);
            if (gradientSums != null)
                AddTiles(partial, count, tiling.Count, points.Sums, gradientSums + ((long)first * points.Sums));
        }
    }

    private static void Clear<T>(T* values, long count, int threads)
        where T : unmanaged => KernelThreads.For(
            (int)((count + ClearBody<T>.Part - 1) / ClearBody<T>.Part), 1, 1, threads, together: true, ordered: false, new ClearBody<T>(values, count));

    // The sums of an image's tiles, always in the same order.
    private static void AddTiles<T>(double* partial, int images, int tiles, int sums, T* total)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < images * sums; i++)
        {
            var (image, sum) = (i / sums, 0.0);
            for (var tile = 0; tile < tiles; tile++)
                sum += partial[(((image * tiles) + tile) * sums) + (i % sums)];
            total[i] = T.CreateTruncating(sum);
        }
    }

    private readonly struct ClearBody<T>(T* values, long count) : ITaskBody
        where T : unmanaged
    {
        public const int Part = 1 << 16;

        public void Invoke(int task)
        {
            var first = (long)task * Part;
            new Span<T>(values + first, (int)Math.Min(Part, count - first)).Clear();
        }
    }

    private readonly struct BackwardBody<T, TPoints, TTaps>(
        Geometry geometry, Tiling tiling, int first, int count, T* images, T* gradientOutputs, T* gradientImages, TPoints points,
        TTaps taps, double* partial, bool positions, bool cleared, Turns? turns) : ITaskBody
        where T : unmanaged, IFloatingPointIeee754<T>
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        public bool TileFirst { get; } = points.TileFirst;

        public void Invoke(int task)
        {
            try
            {
                var (number, index) = Split(TileFirst, task, count, tiling);
                var (tile, image) = (tiling[index], first + number);
                var work = new Work<T>(geometry, image)
                {
                    Images = images,
                    Outputs = gradientOutputs,
                    Gradients = gradientImages,
                    Turns = turns,
                    Cleared = cleared,
                };
                var sums = partial + ((((long)number * tiling.Count) + index) * points.Sums);
                if (gradientImages == null && AffineRows.TryBackward(work, tile, points, taps, sums))
                    return;
                var staged = Staged<T>.Of(points, taps, image, tile, positions);
                taps.Backward(work, tile, staged);
                if (positions)
                    points.Reduce(image, tile, staged, sums);
            }
            catch
            {
                turns?.Abandon();
                points.Turns?.Abandon();
                throw;
            }
        }
    }
}
