using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stn.Kernels.Points;

namespace Stn.Kernels;

/// <summary>
/// The basis functions of a <see cref="ThinPlateSpline"/> on a K×K lattice over one target, for <see cref="SplineWarp"/>. The lattice and the
/// target are their own mirror images, left to right and top to bottom, so a quarter of the target is all that is kept.
/// </summary>
/// <remarks>
/// B_k(x, y) = B_m(k)(−x, y), m(k) the control point opposite k, and the same for y. Four functions that mirror each other are
/// kept as the four sums and differences that are even or odd along x and along y. A point and its three mirror images have those in common, but
/// for signs.
/// <code>
/// values: row of the quarter | 16 columns | orbit of control points | even or odd: 0 neither, 1 along x, 2 along y, 3 both | column
/// </code>
/// </remarks>
/// <typeparam name="T">float or double, the type of U and θ.</typeparam>
public sealed unsafe class SplineTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns that lie together.</summary>
    internal const int Panel = 16;

    private const int Alignment = 64;
    private readonly T[] _pinned;
    private readonly int _panels;

    /// <summary>Tabulates the functions, in float64, at a quarter of the target's points.</summary>
    /// <param name="side">K, at least 2: the lattice has K×K control points, as <see cref="ThinPlateSpline.Lattice"/> orders them.</param>
    /// <param name="target">h and w.</param>
    /// <param name="align">The convention of the target.</param>
    /// <param name="regulariser">λ ≥ 0, as in <see cref="ThinPlateSpline.Basis"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is less than 2, λ is negative, or a side of the target is.</exception>
    public SplineTable(int side, Plane target, AlignCorners align, double regulariser = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(target.Width, target.Height), nameof(target));
        (Side, Target, Orbits) = (side, target, new LatticeOrbits(side));
        _panels = (((target.Width + 1) / 2) + Panel - 1) / Panel;
        Pitch = checked((nint)_panels * Panel * Orbits.Functions);
        Rows = (target.Height + 1) / 2;
        _pinned = GC.AllocateArray<T>(checked((int)((Pitch * Rows) + (Alignment / sizeof(T)))), pinned: true);
        Tabulate(new SplineBasis(side, regulariser), align);
    }

    /// <summary>K: there are K² functions.</summary>
    public int Side { get; }

    /// <summary>h and w.</summary>
    public Plane Target { get; }

    internal LatticeOrbits Orbits { get; }

    /// <summary>The rows of the quarter: the middle one of an odd target is among them.</summary>
    internal int Rows { get; }

    /// <summary>The values of a row.</summary>
    internal nint Pitch { get; }

    /// <summary>The first value, at the start of a cache line. It does not move while the table lives.</summary>
    internal T* Values
    {
        get
        {
            var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
            return (T*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
        }
    }

    /// <summary>Writes B_1 … B_K² at a point of the target.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="functions">K² numbers, in the order of the control points.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target has no such point.</exception>
    /// <exception cref="ArgumentException">The span does not hold K² numbers.</exception>
    public void Evaluate(int row, int column, Span<T> functions)
    {
        if ((uint)row >= (uint)Target.Height)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"a target of {Target} has no such row");
        if ((uint)column >= (uint)Target.Width)
            throw new ArgumentOutOfRangeException(nameof(column), column, $"a target of {Target} has no such column");
        if (functions.Length != Side * Side)
            throw new ArgumentException($"{Side * Side} functions do not fit {functions.Length} numbers", nameof(functions));
        var at = At(Math.Min(row, Target.Height - 1 - row), Math.Min(column, Target.Width - 1 - column));
        var here = (row < Rows ? 0 : 2) + (column < Target.Width - (Target.Width / 2) ? 0 : 1);
        for (var orbit = 0; orbit < Orbits.Count; orbit++, at += LatticeOrbits.Members * Panel)
        {
            for (var member = 0; member < LatticeOrbits.Members; member++)
            {
                var sum = T.Zero;
                for (var parity = 0; parity < LatticeOrbits.Members; parity++)
                    sum += LatticeOrbits.IsNegative(parity, member ^ here) ? -at[parity * Panel] : at[parity * Panel];
                functions[Orbits.Function(orbit, member)] = sum;
            }
        }
    }

    /// <summary>The first value of a column of the quarter.</summary>
    internal T* At(int row, int column) => Values + (row * Pitch) + ((nint)(column / Panel) * Panel * Orbits.Functions) + (column % Panel);

    private void Tabulate(SplineBasis spline, AlignCorners align)
    {
        var functions = new double[spline.Functions];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < (Target.Width + 1) / 2; column++)
            {
                spline.Evaluate(
                    Coordinates.OfPixel<double>(column, Target.Width, align), Coordinates.OfPixel<double>(row, Target.Height, align), functions);
                Fold(functions, At(row, column));
            }
        }
    }

    // A quarter of the sums and differences of each four functions.
    private void Fold(double[] functions, T* to)
    {
        for (var i = 0; i < Orbits.Functions; i++)
        {
            var sum = 0.0;
            for (var member = 0; member < LatticeOrbits.Members; member++)
            {
                var value = functions[Orbits.Function(i / LatticeOrbits.Members, member)];
                sum += LatticeOrbits.IsNegative(i % LatticeOrbits.Members, member) ? -value : value;
            }

            to[i * Panel] = T.CreateTruncating(sum / LatticeOrbits.Members);
        }
    }
}
