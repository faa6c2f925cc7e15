using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// Bilinear and trilinear sampling of a tile from a <see cref="Window"/> of the source: 8 channels at a time, then one by one.
/// </summary>
internal static unsafe class LinearWindow
{
    /// <summary>Writes the tile's V, unless a window would not pay.</summary>
    public static bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged, float outside)
    {
        if (Window.Around(staged, work.Source, Footprint.Linear) is not { } window)
            return false;

        var index = Stage(work, staged, window);
        var channel = staged.Z == null && WideWindow.IsFor(work.Channels) ? WideWindow.Forward(work, tile, staged, outside, window, index) : 0;
        for (; staged.Z == null && channel <= work.Channels - ChannelCells.Channels; channel += ChannelCells.Channels)
        {
            var cells = ChannelCells.Copy(work.ImagePlane(channel), work.Source, window, outside);
            for (var run = 0; run < tile.Runs; run++)
            {
                BilinearChannels.Forward(
                    cells, window.Columns, index, staged, tile.StagedStart(run), tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run), work.TargetLength);
            }
        }

        for (; channel < work.Channels; channel++)
        {
            var cells = PairCells.Copy(work.ImagePlane(channel), work.Source, window, outside);
            for (var run = 0; run < tile.Runs; run++)
            {
                var output = work.OutputPlane(channel) + tile.TargetStart(run);
                if (staged.Z == null)
                    BilinearPairs.Forward(cells, index, staged, tile.StagedStart(run), tile.RunLength, output, tile.Ahead(1));
                else
                    TrilinearPairs.Forward(cells, window.SliceCells, index, staged, tile.StagedStart(run), tile.RunLength, output, tile.Ahead(1));
            }
        }

        return true;
    }

    /// <summary>Adds the tile's gradients, unless a window would not pay.</summary>
    public static bool TryBackward(in Work<float> work, in Tile tile, in Staged<float> staged, float outside)
    {
        if (Window.Around(staged, work.Source, Footprint.Linear) is not { } window)
            return false;

        var index = Stage(work, staged, window);
        if (work.Gradients == null)
            Backward<PositionsOnly>(work, tile, staged, outside, window, index);
        else if (staged.HasGradients)
            Backward<ImageAndPositions>(work, tile, staged, outside, window, index);
        else
            Backward<ImageOnly>(work, tile, staged, outside, window, index);
        return true;
    }

    // The cells of the points, and their places within.
    private static int* Stage(in Work<float> work, in Staged<float> staged, in Window window)
    {
        if (staged.Z == null && WideWindow.IsFor(work.Channels))
            return WideStage.Run(window, staged, work.Source, shift: 0);
        var index = Scratch.Current.Take<int>(Slot.Index, staged.Length + Staged<float>.Slack);
        window.Stage(staged, work.Source, index);
        return index;
    }

    private static void Backward<TWanted>(
        in Work<float> work, in Tile tile, in Staged<float> staged, float outside, in Window window, int* index)
        where TWanted : IWanted
    {
        var channel = staged.Z == null && WideWindow.IsFor(work.Channels)
            ? WideWindow.Backward<TWanted>(work, tile, staged, outside, window, index)
            : 0;
        for (; staged.Z == null && channel <= work.Channels - ChannelCells.Channels; channel += ChannelCells.Channels)
            BackwardBlock<TWanted>(work, tile, staged, outside, window, index, channel);
        for (; channel < work.Channels; channel++)
            BackwardChannel<TWanted>(work, tile, staged, outside, window, index, channel);
    }

    private static void BackwardBlock<TWanted>(
        in Work<float> work, in Tile tile, in Staged<float> staged, float outside, in Window window, int* index, int channel)
        where TWanted : IWanted
    {
        var cells = TWanted.Positions ? ChannelCells.Copy(work.ImagePlane(channel), work.Source, window, outside) : null;
        var accumulators = TWanted.Image ? ChannelCells.Accumulators(window) : null;
        for (var run = 0; run < tile.Runs; run++)
        {
            BilinearChannels.Backward<TWanted>(
                cells, accumulators, window.Columns, index, staged, tile.StagedStart(run), tile.RunLength,
                work.OutputPlane(channel) + tile.TargetStart(run), work.TargetLength);
        }

        if (!TWanted.Image)
            return;
        work.BeginGradient(channel, ChannelCells.Channels, tile);
        ChannelCells.AddTo(work.GradientPlane(channel), work.Source, window, accumulators);
        work.EndGradient(channel, ChannelCells.Channels);
    }

    private static void BackwardChannel<TWanted>(
        in Work<float> work, in Tile tile, in Staged<float> staged, float outside, in Window window, int* index, int channel)
        where TWanted : IWanted
    {
        var cells = TWanted.Positions ? PairCells.Copy(work.ImagePlane(channel), work.Source, window, outside) : null;
        var accumulators = TWanted.Image ? PairCells.Accumulators(window) : null;
        for (var run = 0; run < tile.Runs; run++)
        {
            var amounts = work.OutputPlane(channel) + tile.TargetStart(run);
            var (start, count) = (tile.StagedStart(run), tile.RunLength);
            if (staged.Z == null)
                BilinearPairs.Backward<TWanted>(cells, accumulators, index, staged, start, count, amounts, tile.Ahead(1));
            else
                TrilinearPairs.Backward<TWanted>(cells, accumulators, window.SliceCells, index, staged, start, count, amounts, tile.Ahead(1));
        }

        if (!TWanted.Image)
            return;
        work.BeginGradient(channel, 1, tile);
        PairCells.AddTo(work.GradientPlane(channel), work.Source, window, accumulators);
        work.EndGradient(channel, 1);
    }
}
