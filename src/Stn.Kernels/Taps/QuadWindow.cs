using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Bilinear sampling of a tile of a few channels, up to 4 at a time, from <see cref="QuadPixels"/> of a window.</summary>
internal static unsafe class QuadWindow
{
    private const int Channels = QuadPixels.Channels;

    /// <summary>Whether this form is for so many channels: one alone has none beside it, and many fill longer vectors.</summary>
    public static bool IsFor(int channels) => Simd.IsWide && channels is > 1 and < ChannelCells.Channels;

    /// <summary>Writes the tile's V, unless a window would not pay.</summary>
    public static bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged, float outside)
    {
        if (QuadPixels.Around(staged, work.Source) is not { } window)
            return false;

        QuadPixels.Prefetch(work.ImagePlane(0), Math.Min(Channels, work.Channels), work.Source, window);
        var index = WideStage.Run(window, staged, work.Source, QuadPixels.Shift);
        for (var channel = 0; channel < work.Channels; channel += Channels)
        {
            var live = Math.Min(Channels, work.Channels - channel);
            var pixels = QuadPixels.Copy(work.ImagePlane(channel), live, work.Source, window, outside);
            for (var run = 0; run < tile.Runs; run++)
            {
                BilinearQuads.Forward(
                    pixels, live, window.Columns, index, staged, tile.StagedStart(run), tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run), work.TargetLength);
            }
        }

        return true;
    }

    /// <summary>Adds the tile's gradients, unless a window would not pay.</summary>
    public static bool TryBackward(in Work<float> work, in Tile tile, in Staged<float> staged, float outside)
    {
        if (QuadPixels.Around(staged, work.Source) is not { } window)
            return false;

        QuadPixels.Prefetch(work.ImagePlane(0), Math.Min(Channels, work.Channels), work.Source, window);
        var index = WideStage.Run(window, staged, work.Source, QuadPixels.Shift);
        for (var channel = 0; channel < work.Channels; channel += Channels)
        {
            if (work.Gradients == null)
                Backward<PositionsOnly>(work, tile, staged, outside, window, index, channel);
            else if (staged.HasGradients)
                Backward<ImageAndPositions>(work, tile, staged, outside, window, index, channel);
            else
                Backward<ImageOnly>(work, tile, staged, outside, window, index, channel);
        }

        return true;
    }

    private static void Backward<TWanted>(
        in Work<float> work, in Tile tile, in Staged<float> staged, float outside, in Window window, int* index, int channel)
        where TWanted : IWanted
    {
        var live = Math.Min(Channels, work.Channels - channel);
        var pixels = TWanted.Positions ? QuadPixels.Copy(work.ImagePlane(channel), live, work.Source, window, outside) : null;
        var sums = TWanted.Image ? QuadPixels.Sums(window) : null;
        for (var run = 0; run < tile.Runs; run++)
        {
            BilinearQuads.Backward<TWanted>(
                pixels, sums, QuadPixels.OddSums(window), live, window.Columns, index, staged, tile.StagedStart(run), tile.RunLength,
                work.OutputPlane(channel) + tile.TargetStart(run), work.TargetLength, tile.Ahead(live));
        }

        if (!TWanted.Image)
            return;
        work.BeginGradient(channel, live, tile);
        QuadPixels.AddTo(work.GradientPlane(channel), live, work.Source, window, sums);
        work.EndGradient(channel, live);
    }
}
