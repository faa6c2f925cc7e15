using System.Collections.Concurrent;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>A family M_θ·B whose B follows from a formula: it is tabulated once for each target size and convention, in float64.</summary>
public abstract class TabulatedTransformation : LinearTransformation
{
    // A network has few sizes of output. Who has more pays for tabulating again, not with memory.
    private const int MostKept = 4;
    private readonly ConcurrentDictionary<(Plane Target, AlignCorners Align, bool Narrow), Array> _tables = new();

    /// <summary>B over a target, (K, h, w) numbers, float[] for Float32 and double[] for all other types.</summary>
    internal Array Table(Plane target, AlignCorners align, DType type)
    {
        var key = (target, align, Narrow: type == DType.Float32);
        if (_tables.TryGetValue(key, out var kept))
            return kept;
        if (_tables.Count >= MostKept)
            _tables.Clear();
        var basis = Tabulate(target, align);
        return _tables[key] = key.Narrow ? Array.ConvertAll(basis, value => (float)value) : basis;
    }

    /// <inheritdoc/>
    protected sealed override Tensor MakeBasis(Plane target, AlignCorners align, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        var table = Table(target, align, like.Type);
        return (table is float[] narrow
            ? Tensor.From(narrow, Functions, target.Height, target.Width)
            : Tensor.From((double[])table, Functions, target.Height, target.Width).To(like.Type)).To(like.Device);
    }

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
