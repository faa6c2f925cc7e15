using System.Collections.Concurrent;
using Stn.Kernels;

namespace Stn.Transformations;

/// <summary>
/// The paper's thin-plate spline (section 3.2): of all maps that take the K×K lattice of the target to the positions in θ, the one that
/// bends least. f(p) = a₀ + a_x·x + a_y·y + Σ_i w_i·φ(|p − c_i|) for each of xˢ and yˢ, with φ(r) = r²·ln r².
/// </summary>
/// <remarks>The coefficients are linear in θ, so T_θ(G) = M_θ·B with a B that is solved once, in float64.</remarks>
/// <param name="side">K, at least 2: θ has 2K² parameters. The paper's lattice is 4×4.</param>
/// <param name="regulariser">λ ≥ 0: 0 passes through the control points, more bends less; affine maps are the same for all.</param>
public sealed class ThinPlateSplineTransformation(int side = 4, double regulariser = 0) : LatticeTransformation(side)
{
    // As many sizes of output as tables are kept of.
    private const int MostKept = 4;
    private readonly ConcurrentDictionary<(Plane Target, AlignCorners Align, Type Type), object> _tables = new();
    private readonly Lazy<SplineBasis> _spline = new(() => new SplineBasis(side, regulariser));

    /// <inheritdoc/>
    public override string Name => "tps";

    /// <summary>λ.</summary>
    public double Regulariser { get; } =
        regulariser >= 0 ? regulariser : throw new ArgumentOutOfRangeException(nameof(regulariser), regulariser, "a regulariser is not negative");

    /// <summary>A quarter of B over a target, for the fused kernel.</summary>
    internal SplineTable<T> SplineTable<T>(Plane target, AlignCorners align)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var key = (target, align, typeof(T));
        if (_tables.TryGetValue(key, out var kept))
            return (SplineTable<T>)kept;
        if (_tables.Count >= MostKept)
            _tables.Clear();
        var table = new SplineTable<T>(Side, target, align, Regulariser);
        _tables[key] = table;
        return table;
    }

    /// <inheritdoc/>
    protected override void Evaluate(NormalizedPoint target, Span<double> functions) =>
        _spline.Value.Evaluate(target.X, target.Y, functions);
}
