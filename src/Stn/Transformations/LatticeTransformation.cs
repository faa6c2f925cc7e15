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
    private const int MostKept = 8;
    private readonly ConcurrentDictionary<(Plane Target, AlignCorners Align), (double[] Wide, float[] Narrow)> _bases = new();

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
        if (_bases.Count > MostKept)
            _bases.Clear();
        var (wide, narrow) = _bases.GetOrAdd((target, align), key => Tabulate(key.Target, key.Align));
        var basis = like.Type == DType.Float32
            ? Tensor.From(narrow, Functions, target.Height, target.Width)
            : Tensor.From(wide, Functions, target.Height, target.Width).To(like.Type);
        return basis.To(like.Device);
    }

    // B over a target, (K², h, w) numbers in both types that the kernels compute in.
    private (double[] Wide, float[] Narrow) Tabulate(Plane target, AlignCorners align)
    {
        var (basis, functions) = (new double[Functions * target.Length], new double[Functions]);
        for (var pixel = 0; pixel < target.Length; pixel++)
        {
            Evaluate(TargetPoints.Of(pixel, target, align), functions);
            for (var k = 0; k < functions.Length; k++)
                basis[(k * target.Length) + pixel] = functions[k];
        }

        return (basis, Array.ConvertAll(basis, value => (float)value));
    }
}
