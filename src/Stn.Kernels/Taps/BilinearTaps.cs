using System.Numerics;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The bilinear kernel, equation (5) of the paper: from a window of the source where that pays, else tap by tap.</summary>
internal readonly unsafe struct BilinearTaps<T>(Padding padding, AlignCorners align) : ITaps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T outside = T.CreateTruncating(padding.Value);

    public bool KeepsPositions => HasOutside;

    /// <summary>Whether what lies outside is one value, <see cref="Outside"/>, and not pixels.</summary>
    public bool HasOutside => padding.Mode == PaddingMode.Constant;

    /// <summary>That value.</summary>
    public T Outside => outside;

    public void Forward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        Folding.Fold(staged, work.Source, align, padding.Mode);
        if (Simd.IsFastFor<T>() && TryForward(Floats.Of(work), tile, Floats.Of(staged)))
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
                    output[i] = BilinearReference.Sample(image, plane, staged.X[start + i], staged.Y[start + i], outside);
            }
        }
    }

    public void Backward(in Work<T> work, in Tile tile, in Staged<T> staged)
    {
        Folding.Fold(staged, work.Source, align, padding.Mode);
        if (!Simd.IsFastFor<T>() || !TryBackward(Floats.Of(work), tile, Floats.Of(staged)))
        {
            for (var channel = 0; channel < work.Channels; channel++)
                BackwardByTap(work, tile, staged, channel);
        }

        Folding.Unfold(staged, padding.Mode);
    }

    // Channels together where vectors are long enough. Otherwise from the planes themselves where nothing lies outside but
    // zeros, else from a window with a frame of what does.
    private bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged)
    {
        var outside = (float)padding.Value;
        if (QuadWindow.IsFor(work.Channels) && QuadWindow.TryForward(work, tile, staged, outside))
            return true;
        if (WideWindow.IsFor(work.Channels) && LinearWindow.TryForward(work, tile, staged, outside))
            return true;
        return (outside == 0 && PlaneBilinear.TryForward(work, tile, staged)) || LinearWindow.TryForward(work, tile, staged, outside);
    }

    private bool TryBackward(in Work<float> work, in Tile tile, in Staged<float> staged) => QuadWindow.IsFor(work.Channels)
        ? QuadWindow.TryBackward(work, tile, staged, (float)padding.Value)
        : LinearWindow.TryBackward(work, tile, staged, (float)padding.Value);

    private void BackwardByTap(in Work<T> work, in Tile tile, in Staged<T> staged, int channel)
    {
        var plane = new Plane(work.Source.Height, work.Source.Width);
        var image = new ReadOnlySpan<T>(work.ImagePlane(channel), plane.Length);
        var wanted = work.Gradients != null;
        if (wanted)
            work.BeginGradient(channel, 1, tile);
        var gradient = wanted ? new Span<T>(work.GradientPlane(channel), plane.Length) : default;
        for (var run = 0; run < tile.Runs; run++)
        {
            var amounts = work.OutputPlane(channel) + tile.TargetStart(run);
            var start = tile.StagedStart(run);
            for (var i = 0; i < tile.RunLength; i++)
            {
                var (x, y) = (staged.X[start + i], staged.Y[start + i]);
                if (wanted)
                    BilinearReference.Scatter(gradient, plane, x, y, amounts[i]);
                if (!staged.HasGradients)
                    continue;
                var slope = BilinearReference.Gradient(image, plane, x, y, outside);
                staged.GradientX[start + i] += amounts[i] * slope.X;
                staged.GradientY[start + i] += amounts[i] * slope.Y;
            }
        }

        if (wanted)
            work.EndGradient(channel, 1);
    }
}
