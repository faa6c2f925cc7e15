using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The triangle as wide as the local scale, <see cref="AntiAliasedReference"/>. Tiles in which V is as fine as U are those of the
/// bilinear sampler, bit by bit.
/// </summary>
/// <param name="points">The transformation, asked once more for the neighbours of a tile's points.</param>
/// <param name="padding">What lies outside U.</param>
/// <param name="align">Where mirrors stand.</param>
internal readonly unsafe struct AntiAliasedTaps<T, TPoints>(TPoints points, Padding padding, AlignCorners align) : ITaps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TPoints : struct, IPoints<T>
{
    private readonly BilinearTaps<T> bilinear = new(padding, align);
    private readonly T outside = T.CreateTruncating(padding.Value);

    public bool KeepsPositions => false;

    public void Forward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        var scales = LocalScales<T>.Of(points, work.Image, tile);
        if (!scales.AnyWide)
        {
            bilinear.Forward(work, tile, staged);
            return;
        }

        var chunk = new PointTapsChunk<T>(work, tile, staged, scales, align, padding.Mode, slopes: false);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            var from = 0;
            do
            {
                from = chunk.Fill(from);
                Read(work.ImagePlane(channel), work.Source.Width, ref chunk, work.OutputPlane(channel));
            }
            while (from > 0);
        }
    }

    public void Backward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        var scales = LocalScales<T>.Of(points, work.Image, tile);
        if (!scales.AnyWide)
        {
            bilinear.Backward(work, tile, staged);
            return;
        }

        var chunk = new PointTapsChunk<T>(work, tile, staged, scales, align, padding.Mode, slopes: staged.HasGradients);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            if (staged.HasGradients)
                ToPositions(work, channel, ref chunk, staged);
            if (work.Gradients != null)
                ToImage(work, channel, tile, ref chunk);
        }
    }

    private void Read(T* image, int pitch, ref PointTapsChunk<T> chunk, T* output)
    {
        for (var i = 0; i < chunk.Count; i++)
        {
            ref var point = ref chunk[i];
            output[point.Target] = WithConstant(
                TapSums.Weighted(image, pitch, point, point.Across, point.Down),
                AntiAliasedReference.Share(point.X.Outside, point.Y.Outside));
        }
    }

    private void ToPositions(in Work<T> work, int channel, ref PointTapsChunk<T> chunk, in Staged<T> staged)
    {
        var image = work.ImagePlane(channel);
        var amounts = work.OutputPlane(channel);
        var (pitch, from) = (work.Source.Width, 0);
        do
        {
            from = chunk.Fill(from);
            for (var i = 0; i < chunk.Count; i++)
            {
                ref var point = ref chunk[i];
                var amount = amounts[point.Target];
                var across = PointTapsChunk<T>.Slopes(point.Across, point.X.Count);
                var down = PointTapsChunk<T>.Slopes(point.Down, point.Y.Count);
                staged.GradientX[point.Staged] += amount * WithConstant(
                    TapSums.Weighted(image, pitch, point, across, point.Down), point.X.OutsideSlope * (T.One - point.Y.Outside));
                staged.GradientY[point.Staged] += amount * WithConstant(
                    TapSums.Weighted(image, pitch, point, point.Across, down), point.Y.OutsideSlope * (T.One - point.X.Outside));
            }
        }
        while (from > 0);
    }

    // In the tile's turn, after the gradients of the positions: tiles compute those at the same time.
    private static void ToImage(in Work<T> work, int channel, in Tile tile, ref PointTapsChunk<T> chunk)
    {
        work.BeginGradient(channel, 1, tile);
        var gradient = work.GradientPlane(channel);
        var amounts = work.OutputPlane(channel);
        var from = 0;
        do
        {
            from = chunk.Fill(from);
            for (var i = 0; i < chunk.Count; i++)
            {
                ref var point = ref chunk[i];
                TapSums.Scatter(gradient, work.Source.Width, point, amounts[point.Target]);
            }
        }
        while (from > 0);
        work.EndGradient(channel, 1);
    }

    private T WithConstant(T value, T share) => share == T.Zero ? value : value + (share * outside);
}
