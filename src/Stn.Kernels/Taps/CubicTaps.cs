using System.Numerics;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Keys' cubic kernel over 4×4 taps: from a window of the source where that pays, else tap by tap.</summary>
internal readonly unsafe struct CubicTaps<T>(Padding padding, AlignCorners align, double slope) : ITaps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T slope = T.CreateTruncating(slope);
    private readonly CubicWindow window = new(padding, align, (float)slope);

    public bool KeepsPositions => false;

    public void Forward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        Folding.Mirror(staged, work.Source, align, padding.Mode);
        if (Simd.IsFastFor<T>() && window.TryForward(Floats.Of(work), tile, Floats.Of(staged)))
            return;

        var plane = new Plane(work.Source.Height, work.Source.Width);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            var image = new ReadOnlySpan<T>(work.ImagePlane(channel), plane.Length);
            for (var run = 0; run < tile.Runs; run++)
            {
                var output = work.OutputPlane(channel) + tile.TargetStart(run);
                var start = tile.StagedStart(run);
                for (var i = 0; i < tile.RunLength; i++)
                {
                    output[i] = CubicReference.Sample(
                        image, plane, staged.X[start + i], staged.Y[start + i], slope, align, padding);
                }
            }
        }
    }

    public void Backward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        Folding.Mirror(staged, work.Source, align, padding.Mode);
        if (!Simd.IsFastFor<T>() || !window.TryBackward(Floats.Of(work), tile, Floats.Of(staged)))
        {
            for (var channel = 0; channel < work.Channels; channel++)
                BackwardByTap(work, tile, staged, channel);
        }

        if (padding.Mode == PaddingMode.Reflection)
            Folding.Unfold(staged, padding.Mode);
    }

    private void BackwardByTap(in Work<T> work, in Tile tile, in Staged<T> staged, int channel)
    {
        var plane = new Plane(work.Source.Height, work.Source.Width);
        var image = new ReadOnlySpan<T>(work.ImagePlane(channel), plane.Length);
        var wanted = work.Gradients != null;
        if (wanted)
            work.BeginGradient(channel, 1, tile);
        var gradient = wanted ? new Span<T>(work.GradientPlane(channel), plane.Length) : default;
        for (var run = 0; run < tile.Runs; run++)
            BackwardRun(image, gradient, plane, work.OutputPlane(channel) + tile.TargetStart(run), tile, staged, run);
        if (wanted)
            work.EndGradient(channel, 1);
    }

    private void BackwardRun(
        ReadOnlySpan<T> image, Span<T> gradient, Plane plane, T* amounts, in Tile tile, in Staged<T> staged, int run)
    {
        for (int i = 0, at = tile.StagedStart(run); i < tile.RunLength; i++, at++)
        {
            if (!gradient.IsEmpty)
                CubicReference.Scatter(gradient, plane, staged.X[at], staged.Y[at], slope, align, padding, amounts[i]);
            if (!staged.HasGradients)
                continue;
            var toPosition = CubicReference.Gradient(image, plane, staged.X[at], staged.Y[at], slope, align, padding);
            staged.GradientX[at] += amounts[i] * toPosition.X;
            staged.GradientY[at] += amounts[i] * toPosition.Y;
        }
    }
}
