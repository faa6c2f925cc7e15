using System.Collections.Concurrent;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// A family whose θ is the source position of each point of a regular K×K lattice over the target, from −1 to +1 and row by
/// row: all x, then all y. The lattice itself is the identity; between its points the family interpolates.
/// </summary>
public abstract class LatticeTransformation : LinearTransformation
{
    // A network has few sizes of output. Who has more pays for tabulating again, not with memory.
    private const int MostKept = 4;
    private readonly ConcurrentDictionary<(Plane Target, AlignCorners Align, bool Narrow), Array> _bases = new();

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

    /// <inheritdoc/>
    protected sealed override Tensor MakeBasis(Plane target, AlignCorners align, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        var key = (target, align, Narrow: like.Type == DType.Float32);
        if (!_bases.TryGetValue(key, out var kept))
        {
            if (_bases.Count >= MostKept)
                _bases.Clear();
            var basis = Tabulate(target, align);
            kept = _bases[key] = key.Narrow ? Array.ConvertAll(basis, value => (float)value) : basis;
        }

        return (kept is float[] narrow
            ? Tensor.From(narrow, Functions, target.Height, target.Width)
            : Tensor.From((double[])kept, Functions, target.Height, target.Width).To(like.Type)).To(like.Device);
    }

    // B over a target, (K², h, w) numbers.
    private double[] Tabulate(Plane target, AlignCorners align)
    {
        var (basis, functions) = (new double[Functions * target.Length], new double[Functions]);
        for (var pixel = 0; pixel < target.Length; pixel++)
        {
            Evaluate(TargetPoints.Of(pixel, target, align), functions);
            for (var k = 0; k < functions.Length; k++)
                basis[(k * target.Length) + pixel] = functions[k];
        }

        return basis;
    }
}
