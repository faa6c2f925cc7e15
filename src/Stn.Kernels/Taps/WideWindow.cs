using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Bilinear sampling of a staged tile from <see cref="WideCells"/>, as many times 16 channels as there are.</summary>
internal static unsafe class WideWindow
{
    private const int Channels = WideCells.Channels;

    /// <summary>Whether this form is for so many channels.</summary>
    public static bool IsFor(int channels) => Simd.IsWide && channels >= Channels;

    /// <summary>Writes the tile's V.</summary>
    /// <returns>The first channel that is left.</returns>
    public static int Forward(
        in Work<float> work, in Tile tile, in Staged<float> staged, float outside, in Window window, int* index)
    {
        var channel = 0;
        var isWhole = PlanesAhead.AreWhole(work, tile, window);
        for (; channel <= work.Channels - Channels; channel += Channels)
        {
            var cells = WideCells.Copy(work.ImagePlane(channel), work.Source, window, outside, fetches: !isWhole);
            var ahead = isWhole ? PlanesAhead.Of(work, channel + Channels, Channels, BilinearWide.Block) : default;
            for (var run = 0; run < tile.Runs; run++)
            {
                BilinearWide.Forward(
                    cells, window.Columns, index, staged, tile.StagedStart(run), tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run), work.TargetLength, work.Streams, ahead);
            }
        }

        return channel;
    }

    /// <summary>Adds the tile's gradients.</summary>
    /// <returns>The first channel that is left.</returns>
    public static int Backward<TWanted>(
        in Work<float> work, in Tile tile, in Staged<float> staged, float outside, in Window window, int* index)
        where TWanted : IWanted
    {
        var channel = 0;
        var isWhole = TWanted.Positions && PlanesAhead.AreWhole(work, tile, window);
        for (; channel <= work.Channels - Channels; channel += Channels)
        {
            var cells = TWanted.Positions ? WideCells.Copy(work.ImagePlane(channel), work.Source, window, outside, fetches: !isWhole) : null;
            var ahead = isWhole ? PlanesAhead.Of(work, channel + Channels, Channels, BilinearWide.Block) : default;
            var accumulators = TWanted.Image ? WideCells.Accumulators(window) : null;
            for (var run = 0; run < tile.Runs; run++)
            {
                BilinearWide.Backward<TWanted>(
                    cells, accumulators, window.Columns, index, staged, tile.StagedStart(run), tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run), work.TargetLength, ahead);
            }

            if (!TWanted.Image)
                continue;
            work.BeginGradient(channel, Channels, tile);
            WideCells.AddTo(work.GradientPlane(channel), work.Source, window, accumulators);
            work.EndGradient(channel, Channels);
        }

        return channel;
    }
}
