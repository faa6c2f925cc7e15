using System.Runtime.CompilerServices;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Bicubic sampling of a tile from a <see cref="Window"/> of the source in which padding is already done.</summary>
/// <remarks>
/// The window holds, for each tap, the pixel that the padding reads there.
/// </remarks>
internal readonly unsafe struct CubicWindow(Padding padding, AlignCorners align, float slope)
{
    // Neighbouring points add to overlapping taps. With four sets of accumulators in turn, a load does not have to wait for
    // the store before it.
    private const int Sets = CubicPoints.Sets;

    /// <summary>Writes the tile's V, unless a window would not pay.</summary>
    public bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged)
    {
        if (!TryStage(work, staged, out var window, out var index))
            return false;

        for (var channel = 0; channel < work.Channels; channel++)
        {
            var taps = Copy(work.ImagePlane(channel), work.Source, window);
            for (var run = 0; run < tile.Runs; run++)
            {
                CubicPoints.Forward(
                    taps, window.Columns, slope, index, staged, tile.StagedStart(run), tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run));
            }
        }

        return true;
    }

    /// <summary>Adds the tile's gradients, unless a window would not pay.</summary>
    public bool TryBackward(in Work<float> work, in Tile tile, in Staged<float> staged)
    {
        if (!TryStage(work, staged, out var window, out var index))
            return false;

        for (var channel = 0; channel < work.Channels; channel++)
        {
            if (work.Gradients == null)
                Backward<PositionsOnly>(work, tile, staged, window, index, channel);
            else if (staged.HasGradients)
                Backward<ImageAndPositions>(work, tile, staged, window, index, channel);
            else
                Backward<ImageOnly>(work, tile, staged, window, index, channel);
        }

        return true;
    }

    private static bool TryStage(in Work<float> work, in Staged<float> staged, out Window window, out int* index)
    {
        var around = Window.Around(staged, work.Source, Footprint.Cubic);
        window = around.GetValueOrDefault();
        index = Scratch.Current.Take<int>(Slot.Index, staged.Length + Staged<float>.Slack);
        if (around is not null)
            window.Stage(staged, work.Source, index);
        return around is not null;
    }

    private void Backward<TWanted>(
        in Work<float> work, in Tile tile, in Staged<float> staged, in Window window, int* index, int channel)
        where TWanted : IWanted
    {
        var taps = TWanted.Positions ? Copy(work.ImagePlane(channel), work.Source, window) : null;
        var accumulators = TWanted.Image ? Scratch.Current.Take<float>(Slot.Accumulators, Sets * window.Cells) : null;
        if (TWanted.Image)
            new Span<float>(accumulators, Sets * window.Cells).Clear();
        for (var run = 0; run < tile.Runs; run++)
        {
            CubicPoints.Backward<TWanted>(
                taps, accumulators, window.Cells, window.Columns, slope, index, staged, tile.StagedStart(run), tile.RunLength,
                work.OutputPlane(channel) + tile.TargetStart(run));
        }

        if (!TWanted.Image)
            return;
        work.BeginGradient(channel, 1, tile);
        AddTo(work.GradientPlane(channel), work.Source, window, accumulators);
        work.EndGradient(channel, 1);
    }

    // Each row of the window: the columns that lie inside as they are, the others by the rule of the padding.
    private float* Copy(float* plane, Volume source, in Window window)
    {
        var taps = Scratch.Current.Take<float>(Slot.Window, window.Cells);
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        for (var row = 0; row < window.Rows; row++)
        {
            var to = new Span<float>(taps + (row * window.Columns), window.Columns);
            var y = PaddingReference.Fold(window.Y + row, source.Height, align, padding.Mode);
            if (y < 0)
            {
                to.Fill((float)padding.Value);
                continue;
            }

            var from = plane + ((nint)y * source.Width);
            new Span<float>(from + first, count).CopyTo(to[(first - window.X)..]);
            for (var column = 0; column < window.Columns; column++)
            {
                if (column == first - window.X && count > 0)
                    column += count;
                if (column == window.Columns)
                    break;
                var x = PaddingReference.Fold(window.X + column, source.Width, align, padding.Mode);
                to[column] = x < 0 ? (float)padding.Value : from[x];
            }
        }

        return taps;
    }

    // The reverse of Copy: what was added to a tap belongs to the pixel that was read there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTo(float* plane, Volume source, in Window window, float* accumulators)
    {
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        for (var row = 0; row < window.Rows; row++, accumulators += window.Columns)
        {
            var y = PaddingReference.Fold(window.Y + row, source.Height, align, padding.Mode);
            if (y < 0)
                continue;
            for (var set = 1; set < Sets; set++)
                Simd.Add(accumulators, accumulators + ((nint)set * window.Cells), window.Columns);
            var to = plane + ((nint)y * source.Width);
            Simd.Add(to + first, accumulators + (first - window.X), count);
            for (var column = 0; column < window.Columns && padding.Mode != PaddingMode.Constant; column++)
            {
                var x = window.X + column;
                if ((uint)x >= (uint)source.Width)
                    to[PaddingReference.Fold(x, source.Width, align, padding.Mode)] += accumulators[column];
            }
        }
    }
}
