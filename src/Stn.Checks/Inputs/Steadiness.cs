using Stn.Checks.Cases;
using Stn.Checks.Checks;
using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Kernels.Reference;
using Stn.Torch;

namespace Stn.Checks.Inputs;

/// <summary>
/// Which points have one right answer in a type. A place is computed with a rounding error; where a whole or half pixel lies within it,
/// two right computations may fall on either side, and gradients and nearest pixels jump there; so do the gradients of a wide kernel where
/// its foot is on a pixel, and its values where its width begins to count.
/// </summary>
internal static class Steadiness
{
    private const double Margin = 1e-3;
    private const double LargestError = 1e-4;
    private const double Wobble = 1e-6;

    // Half of what a scale above 1 is ignored for, so that a scale of 1 is steady.
    private const double MarginOfScale = 1.0 / (1 << 15);

    /// <summary>Whether the place of a point is steady, and whether it is away from every jump besides.</summary>
    internal static (bool Steady, bool Settled) Of(SourcePoints points, SourcePlace place, SourcePlace other, Volume source, DType type)
    {
        var (steady, settled) = (true, true);
        for (var axis = 0; axis < 3; axis++)
        {
            var (at, after) = (place[axis], other[axis]);
            if ((double.IsNaN(at) && double.IsNaN(after)) || !points.Moves(axis, source))
                continue;
            var scale = place.ScaleAlong(axis);
            var error = (Math.Abs(at - after) + Math.Abs(scale - other.ScaleAlong(axis))) / Wobble * Tolerances.UnitOf(type);
            var margin = Margin + (20 * error);
            steady &= error < LargestError && IsWide(scale - MarginOfScale) == IsWide(scale + MarginOfScale);
            settled &= Math.Abs((2 * at) - Math.Round(2 * at)) > 2 * margin;
            settled &= !IsWide(scale) || (IsBetweenPixels(at - scale, margin) && IsBetweenPixels(at + scale, margin));
        }

        return (steady, steady && settled);
    }

    private static bool IsWide(double scale) => AntiAliasedReference.Width(scale, 1, AlignCorners.False, PaddingMode.Border) > 1;

    // Where a wide kernel ends, its slope jumps on a pixel.
    private static bool IsBetweenPixels(double position, double margin) => Math.Abs(position - Math.Round(position)) > margin;

    /// <summary>The same numbers, each moved by its own share: what a rounding of 10⁻⁶ may do to them.</summary>
    internal static double[] Moved(double[] own) =>
        [.. own.Select((number, i) => number + (Wobble * (1 + Math.Abs(number)) * (i % 2 == 0 ? 1 : -1)))];
}
