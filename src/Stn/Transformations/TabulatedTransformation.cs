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
    private readonly ConcurrentDictionary<(Plane Target, AlignCorners Align, DType Type, Device Device), Parameter> _onDevices = new();

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
        return like.Device.IsCuda ? OnDevice(target, align, like) : AsTensor(target, align, like.Type);
    }

    // A table is sent to a device once and stays there: sending it with every pass would hold up the work there.
    private Tensor OnDevice(Plane target, AlignCorners align, Tensor like)
    {
        var key = (target, align, like.Type, like.Device);
        if (!_onDevices.TryGetValue(key, out var kept))
        {
            if (_onDevices.Count >= MostKept)
                _onDevices.Clear();
            kept = _onDevices[key] = new Parameter(AsTensor(target, align, like.Type).To(like.Device), learned: false);
        }

        return kept.Value.Detach();
    }

    private Tensor AsTensor(Plane target, AlignCorners align, DType type) => Table(target, align, type) is float[] narrow
        ? Tensor.From(narrow, Functions, target.Height, target.Width)
        : Tensor.From((double[])Table(target, align, type), Functions, target.Height, target.Width).To(type);

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
