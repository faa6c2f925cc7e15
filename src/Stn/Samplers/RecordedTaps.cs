using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>A sampling kernel along one axis in libtorch's operators, which record it for gradients of any order.</summary>
/// <param name="FoldsPosition">Whether border and reflection padding move the point itself; else each tap.</param>
/// <param name="At">The first tap of each position, a whole number without gradient, and the weights from there on.</param>
internal sealed record RecordedTaps(bool FoldsPosition, Func<Tensor, ImageAxis, (Tensor First, Tensor[] Weights)> At)
{
    /// <summary>The taps of a sampler of Stn.Kernels.</summary>
    internal static RecordedTaps Of(Sampling sampling) => sampling.Interpolation switch
    {
        Interpolation.Linear => new(true, (position, _) => Linear(position)),
        Interpolation.Nearest => new(true, (position, _) => Nearest(position, sampling.Ties)),
        _ => new(false, (position, _) => Cubic(position, sampling.CubicSlope)),
    };

    /// <summary>The taps of a kernel k(d) that is zero for |d| ≥ <paramref name="support"/>.</summary>
    internal static RecordedTaps Of(int support, Func<Tensor, ImageAxis, Tensor> weight) => new(false, (position, axis) =>
    {
        var first = position.Detach().Floor() - (support - 1);
        var distance = position - first;
        return (first, [.. Enumerable.Range(0, 2 * support).Select(tap => weight(distance - tap, axis))]);
    });

    // The slope at whole positions is that of the cell above: the cell is a constant, the fraction is not.
    private static (Tensor First, Tensor[] Weights) Linear(Tensor position)
    {
        var cell = position.Detach().Floor();
        var fraction = position - cell;
        return (cell, [-fraction + 1, fraction]);
    }

    // One tap of weight 1: its gradient is zero, not absent.
    private static (Tensor First, Tensor[] Weights) Nearest(Tensor position, TieRule ties)
    {
        var place = position.Detach();
        return (ties == TieRule.HalfToEven ? place.Round() : (place + 0.5).Floor(), [(position * 0) + 1]);
    }

    private static (Tensor First, Tensor[] Weights) Cubic(Tensor position, double a)
    {
        var cell = position.Detach().Floor();
        var fraction = position - cell;
        return (cell - 1, [Outer(fraction + 1), Inner(fraction), Inner(-fraction + 1), Outer(-fraction + 2)]);

        Tensor Inner(Tensor d) => ((((d * (a + 2)) - (a + 3)) * d) * d) + 1;
        Tensor Outer(Tensor d) => ((((d * a) - (5 * a)) * d) + (8 * a)) * d - (4 * a);
    }
}
