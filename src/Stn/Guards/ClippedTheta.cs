using Stn.Torch;

namespace Stn.Guards;

/// <summary>θ itself; on the way back the gradient of each sample's θ is scaled down to a limit, and its norm remembered.</summary>
/// <param name="limit">The largest norm of a sample's gradient; 0 for none.</param>
/// <param name="isMeasured">Whether <see cref="MeanNorm"/> is wanted.</param>
internal sealed class ClippedTheta(double limit, bool isMeasured) : CustomFunction
{
    /// <summary>The mean over the samples of ‖∂ℓᵢ/∂θᵢ‖ before the limit; null before the way back, or where it was not wanted.</summary>
    internal double? MeanNorm { get; private set; }

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [inputs[0].Clone()];

    // The loss is the mean over N samples, so a sample's own gradient is N times its row.
    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var gradient = gradients[0];
        var norms = (gradient * gradient).Sum([1], keep: true).Sqrt() * gradient.Size(0);
        if (isMeasured)
            MeanNorm = norms.Mean().To(DType.Float64).Item<double>();
        // Where the norm is 0 the quotient is infinite and the factor 1; what is not a number stays so, for the loop to find.
        return [limit > 0 ? gradient * (Tensor.ZerosLike(norms) + limit).Divide(norms).Clamp(0, 1) : gradient];
    }
}
