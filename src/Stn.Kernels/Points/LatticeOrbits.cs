using System.Numerics;

namespace Stn.Kernels.Points;

/// <summary>
/// The control points of a K×K lattice in orbits: a point of the upper left quarter, its mirror image to the right (member 1), the one
/// below (2) and the one opposite (3). In the middle of an odd lattice some of them are the same point.
/// </summary>
/// <param name="side">K.</param>
internal readonly struct LatticeOrbits(int side)
{
    /// <summary>The members of an orbit, and the ways to be even or odd along two axes.</summary>
    public const int Members = 4;

    private readonly int half = (side + 1) / 2;

    /// <summary>How many there are.</summary>
    public int Count => half * half;

    /// <summary>The sums and differences of all orbits.</summary>
    public int Functions => Members * Count;

    /// <summary>The number of a member's control point.</summary>
    public int Function(int orbit, int member)
    {
        var (row, column) = (orbit / half, orbit % half);
        return ((member < 2 ? row : side - 1 - row) * side) + (member % 2 == 0 ? column : side - 1 - column);
    }

    /// <summary>How many members are the same point: 1, 2, or 4 for the middle of all.</summary>
    public int Copies(int orbit) => (2 * (orbit / half) == side - 1 ? 2 : 1) * (2 * (orbit % half) == side - 1 ? 2 : 1);

    /// <summary>Whether what is even or odd so (1: odd along x, 2: along y) changes its sign from member 0 to a member.</summary>
    public static bool IsNegative(int parity, int member) => BitOperations.PopCount((uint)(parity & member)) == 1;

    /// <summary>
    /// The weights of the sums and differences that give Σ_k θ_k·B_k, for the point itself or as a mirror image of it needs them, and scaled;
    /// whether all are finite.
    /// </summary>
    /// <param name="theta">The K² weights of one source coordinate.</param>
    /// <param name="scale">What they are multiplied by.</param>
    /// <param name="member">Which mirror image of the points in the quarter.</param>
    /// <param name="weights">One for each function, <paramref name="stride"/> apart.</param>
    /// <param name="stride">The distance of two weights.</param>
    public unsafe bool Weights<T>(T* theta, double scale, int member, T* weights, int stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var isFinite = true;
        for (var orbit = 0; orbit < Count; orbit++)
        {
            var (a, b) = (double.CreateTruncating(theta[Function(orbit, 0)]), double.CreateTruncating(theta[Function(orbit, 1)]));
            var (c, d) = (double.CreateTruncating(theta[Function(orbit, 2)]), double.CreateTruncating(theta[Function(orbit, 3)]));
            var by = scale / Copies(orbit);
            Set(0, by * (a + b + (c + d)));
            Set(1, by * (a - b + (c - d)));
            Set(2, by * (a + b - (c + d)));
            Set(3, by * (a - b - (c - d)));

            void Set(int parity, double value)
            {
                var weight = T.CreateTruncating(IsNegative(parity, member) ? -value : value);
                weights[((orbit * Members) + parity) * stride] = weight;
                isFinite &= T.IsFinite(weight);
            }
        }

        return isFinite;
    }

    /// <summary>The reverse for gradients: those of θ from those of the weights, times a scale, added.</summary>
    public unsafe void AddGradient(double* weights, double scale, double* theta)
    {
        for (var orbit = 0; orbit < Count; orbit++, weights += Members)
        {
            var by = scale / Copies(orbit);
            var (left, right) = (weights[0] + weights[1], weights[0] - weights[1]);
            var (leftOdd, rightOdd) = (weights[2] + weights[3], weights[2] - weights[3]);
            theta[Function(orbit, 0)] += by * (left + leftOdd);
            theta[Function(orbit, 1)] += by * (right + rightOdd);
            theta[Function(orbit, 2)] += by * (left - leftOdd);
            theta[Function(orbit, 3)] += by * (right - rightOdd);
        }
    }
}
