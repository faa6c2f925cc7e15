using Stn.Checks.Cases;
using Stn.Checks.Checks;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Checks.Inputs;

/// <summary>
/// Which points have one right answer in a type. A place is computed with a rounding error; where a whole or half pixel lies within it,
/// two right computations may fall on either side, and gradients and nearest pixels jump there.
/// </summary>
internal static class Steadiness
{
    private const double Margin = 1e-3;
    private const double LargestError = 1e-4;
    private const double Wobble = 1e-6;

    /// <summary>Whether the place of a point is steady, and whether it is away from every jump besides.</summary>
    internal static (bool Steady, bool Settled) Of(SourcePoints points, double[] own, double[] moved, int point, Volume source, DType type)
    {
        var (place, other) = (points.Locate(own, point, source), points.Locate(moved, point, source));
        var (steady, settled) = (true, true);
        for (var axis = 0; axis < 3; axis++)
        {
            var (at, after) = (place[axis], other[axis]);
            if ((double.IsNaN(at) && double.IsNaN(after)) || !points.Moves(axis, source))
                continue;
            var error = Math.Abs(at - after) / Wobble * Tolerances.UnitOf(type);
            steady &= error < LargestError;
            settled &= Math.Abs((2 * at) - Math.Round(2 * at)) > 2 * (Margin + (20 * error));
        }

        return (steady, steady && settled);
    }

    /// <summary>The same numbers, each moved by its own share: what a rounding of 10⁻⁶ may do to them.</summary>
    internal static double[] Moved(double[] own) =>
        [.. own.Select((number, i) => number + (Wobble * (1 + Math.Abs(number)) * (i % 2 == 0 ? 1 : -1)))];
}
