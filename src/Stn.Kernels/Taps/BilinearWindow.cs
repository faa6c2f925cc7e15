using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Bilinear sampling of a tile from a <see cref="Window"/> of the source, channel after channel.</summary>
internal static unsafe class BilinearWindow
{
    /// <summary>Writes the tile's V, unless a window would not pay.</summary>
    public static bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged, float outside)
    {
        if (Window.Around(staged, work.Source) is not { } window)
            return false;

        var index = Scratch.Current.Take<int>(Slot.Index, staged.Length);
        window.Stage(staged, work.Source, index);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            var cells = PairCells.Copy(work.ImagePlane(channel), work.Source, window, outside);
            for (var run = 0; run < tile.Runs; run++)
            {
                var start = tile.StagedStart(run);
                BilinearPairs.Forward(
                    cells, index + start, staged.X + start, staged.Y + start, tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run));
            }
        }

        return true;
    }

    /// <summary>Adds the tile's gradients, unless a window would not pay.</summary>
    public static bool TryBackward(in Work<float> work, in Tile tile, in Staged<float> staged, float outside)
    {
        if (Window.Around(staged, work.Source) is not { } window)
            return false;

        var index = Scratch.Current.Take<int>(Slot.Index, staged.Length);
        window.Stage(staged, work.Source, index);
        for (var channel = 0; channel < work.Channels; channel++)
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
        var cells = TWanted.Positions ? PairCells.Copy(work.ImagePlane(channel), work.Source, window, outside) : null;
        var accumulators = TWanted.Image ? PairCells.Accumulators(window) : null;
        for (var run = 0; run < tile.Runs; run++)
        {
            var start = tile.StagedStart(run);
            BilinearPairs.Backward<TWanted>(
                cells, accumulators, index + start, staged.X + start, staged.Y + start, tile.RunLength,
                work.OutputPlane(channel) + tile.TargetStart(run), staged.GradientX + start, staged.GradientY + start);
        }

        if (!TWanted.Image)
            return;
        work.BeginGradient(channel, 1, tile);
        PairCells.AddTo(work.GradientPlane(channel), work.Source, window, accumulators);
        work.EndGradient(channel);
    }
}
