namespace Stn.Transformations;

/// <summary>
/// The piece-wise affine transformation of the paper's section 3.2, as a mesh: the target's K×K lattice cuts it into squares, each
/// square into two triangles along the diagonal from its upper left to its lower right corner, and each triangle goes affinely
/// where θ puts its corners.
/// </summary>
/// <remarks>
/// B_k is the hat function of lattice point k: 1 there, 0 at all others, linear in each triangle. A control point moves its
/// six triangles and nothing else.
/// </remarks>
/// <param name="side">K, at least 2.</param>
public sealed class MeshTransformation(int side = 4) : LatticeTransformation(side)
{
    /// <inheritdoc/>
    public override string Name => "mesh";

    /// <inheritdoc/>
    protected override void Evaluate(NormalizedPoint target, Span<double> functions)
    {
        functions.Clear();
        var (column, right) = Cell(target.X);
        var (row, down) = Cell(target.Y);
        var corner = (row * Side) + column;
        var shared = Math.Min(right, down);
        functions[corner] = 1 - Math.Max(right, down);
        functions[corner + 1] = right - shared;
        functions[corner + Side] = down - shared;
        functions[corner + Side + 1] = shared;
    }

    // The cell of a coordinate and the place in it, 0 to 1; beyond the lattice its outer cells go on.
    private (int Cell, double Place) Cell(double coordinate)
    {
        var place = (coordinate + 1) / 2 * (Side - 1);
        var cell = (int)Math.Clamp(Math.Floor(place), 0, Side - 2);
        return (cell, place - cell);
    }
}
