using Stn.Kernels;

namespace Stn.Transformations;

/// <summary>
/// The thin-plate spline through any control points of the target, not those of a lattice alone: landmarks, for one. Of all maps that
/// take the control points to the positions in θ, the one that bends least; formula and φ are those of
/// <see cref="ThinPlateSplineTransformation"/>. θ is the source position of each control point: all x, then all y.
/// </summary>
/// <remarks>Linear in θ, so T_θ(G) = M_θ·B (section 3.2 of the paper) with a B that is solved once, in float64.</remarks>
public sealed class PointSplineTransformation : TabulatedTransformation
{
    private const double Same = 1e-9;
    private readonly SplineBasis _spline;

    /// <summary>Makes the family of control points.</summary>
    /// <param name="controls">At least three different points of the target, normalised, that do not lie on one line.</param>
    /// <param name="regulariser">λ ≥ 0: 0 passes through the control points, more bends less.</param>
    /// <exception cref="ArgumentException">The control points do not fix a spline; the message says why.</exception>
    public PointSplineTransformation(IReadOnlyList<NormalizedPoint> controls, double regulariser = 0)
    {
        ArgumentNullException.ThrowIfNull(controls);
        if (!(regulariser >= 0))
            throw new ArgumentOutOfRangeException(nameof(regulariser), regulariser, "a regulariser is not negative");
        RequireSpread(controls);
        Identity = [.. controls.Select(p => p.X), .. controls.Select(p => p.Y)];
        _spline = new SplineBasis(Identity, regulariser);
    }

    /// <inheritdoc/>
    public override string Name => "point-spline";

    /// <summary>The control points themselves, x of all before y.</summary>
    public override IReadOnlyList<double> Identity { get; }

    /// <inheritdoc/>
    protected override void Evaluate(NormalizedPoint target, Span<double> functions) => _spline.Evaluate(target.X, target.Y, functions);

    private static void RequireSpread(IReadOnlyList<NormalizedPoint> controls)
    {
        if (controls.Count < 3)
            throw new ArgumentException($"a thin-plate spline needs at least 3 control points, got {controls.Count}", nameof(controls));
        foreach (var (i, point) in controls.Index())
        {
            if (!double.IsFinite(point.X + point.Y))
                throw new ArgumentException($"control point {i} is no place: ({point.X}, {point.Y})", nameof(controls));
            if (controls.Take(i).Any(other => Distance(other, point) < Same))
                throw new ArgumentException($"control point {i}, ({point.X}, {point.Y}), is there twice", nameof(controls));
        }

        var far = controls.MaxBy(point => Distance(point, controls[0]));
        if (controls.All(point => Math.Abs(Cross(controls[0], far, point)) < Same))
            throw new ArgumentException("all control points lie on one line; a thin-plate spline needs one beside it", nameof(controls));
    }

    private static double Distance(NormalizedPoint a, NormalizedPoint b) => Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));

    private static double Cross(NormalizedPoint from, NormalizedPoint a, NormalizedPoint b) =>
        ((a.X - from.X) * (b.Y - from.Y)) - ((a.Y - from.Y) * (b.X - from.X));
}
