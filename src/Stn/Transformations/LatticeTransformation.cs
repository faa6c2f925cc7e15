using Stn.Kernels;

namespace Stn.Transformations;

/// <summary>
/// A family whose θ is the source position of each point of a regular K×K lattice over the target, from −1 to +1 and row by
/// row: all x, then all y. The lattice itself is the identity; between its points the family interpolates.
/// </summary>
public abstract class LatticeTransformation : TabulatedTransformation
{
    /// <summary>Makes the family of a lattice.</summary>
    /// <param name="side">K, at least 2: there are K² control points.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is less than 2.</exception>
    protected LatticeTransformation(int side)
    {
        Side = side;
        Identity = ThinPlateSpline.Lattice(side);
    }

    /// <summary>K: the lattice has K×K points.</summary>
    public int Side { get; }

    /// <summary>The lattice, x of all points before y.</summary>
    public sealed override IReadOnlyList<double> Identity { get; }
}
