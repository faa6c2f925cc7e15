using System.Collections.Concurrent;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>A family M_θ·B whose B follows from a formula: it is tabulated once for each target size and convention, in float64.</summary>
public abstract class TabulatedTransformation : LinearTransformation
{
    private readonly ConcurrentDictionary<(Plane Target, AlignCorners Align), double[]> _bases = new();

    /// <inheritdoc/>
    protected sealed override Tensor MakeBasis(Plane target, AlignCorners align, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        var numbers = _bases.GetOrAdd((target, align), key => Tabulate(key.Target, key.Align));
        return Constants.Like(like, numbers, Functions, target.Height, target.Width);
    }

    /// <summary>B over a target, (K, h, w) numbers; asked for once for each size and convention.</summary>
    protected virtual double[] Tabulate(Plane target, AlignCorners align)
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
