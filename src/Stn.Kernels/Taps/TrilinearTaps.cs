using System.Numerics;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The trilinear kernel: from a window of the source where that pays, else tap by tap.</summary>
internal readonly unsafe struct TrilinearTaps<T>(Padding padding, AlignCorners align) : ITaps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T outside = T.CreateTruncating(padding.Value);

    public bool KeepsPositions => padding.Mode == PaddingMode.Constant;

    public void Forward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        Folding.Fold(staged, work.Source, align, padding.Mode);
        if (Simd.IsFastFor<T>() && TryForward(Floats.Of(work), tile, Floats.Of(staged)))
            return;

        for (var channel = 0; channel < work.Channels; channel++)
        {
            var image = new ReadOnlySpan<T>(work.ImagePlane(channel), work.SourceLength);
            for (var run = 0; run < tile.Runs; run++)
            {
                var output = work.OutputPlane(channel) + tile.TargetStart(run);
                var start = tile.StagedStart(run);
                for (var i = 0; i < tile.RunLength; i++)
                {
                    output[i] = TrilinearReference.Sample(
                        image, work.Source, staged.X[start + i], staged.Y[start + i], staged.Z[start + i], outside);
                }
            }
        }
    }

    public void Backward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        Folding.Fold(staged, work.Source, align, padding.Mode);
        if (!Simd.IsFastFor<T>() || !LinearWindow.TryBackward(Floats.Of(work), tile, Floats.Of(staged), (float)padding.Value))
        {
            for (var channel = 0; channel < work.Channels; channel++)
                BackwardByTap(work, tile, staged, channel);
        }

        Folding.Unfold(staged, padding.Mode);
    }

    // From the volumes themselves where nothing lies outside but zeros, else from a window with a frame of what does.
    private bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged) =>
        (padding.Value == 0 && PlaneTrilinear.TryForward(work, tile, staged))
        || LinearWindow.TryForward(work, tile, staged, (float)padding.Value);

    private void BackwardByTap(in Work<T> work, in Tile tile, in Staged<T> staged, int channel)
    {
        var image = new ReadOnlySpan<T>(work.ImagePlane(channel), work.SourceLength);
        var wanted = work.Gradients != null;
        if (wanted)
            work.BeginGradient(channel, 1, tile);
        var gradient = wanted ? new Span<T>(work.GradientPlane(channel), work.SourceLength) : default;
        for (var run = 0; run < tile.Runs; run++)
        {
            var amounts = work.OutputPlane(channel) + tile.TargetStart(run);
            for (int i = 0, at = tile.StagedStart(run); i < tile.RunLength; i++, at++)
            {
                var (x, y, z) = (staged.X[at], staged.Y[at], staged.Z[at]);
                if (wanted)
                    TrilinearReference.Scatter(gradient, work.Source, x, y, z, amounts[i]);
                if (!staged.HasGradients)
                    continue;
                var slope = TrilinearReference.Gradient(image, work.Source, x, y, z, outside);
                staged.GradientX[at] += amounts[i] * slope.X;
                staged.GradientY[at] += amounts[i] * slope.Y;
                staged.GradientZ[at] += amounts[i] * slope.Z;
            }
        }

        if (wanted)
            work.EndGradient(channel, 1);
    }
}
