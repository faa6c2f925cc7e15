namespace Stn.Torch.Layers;

/// <summary>Splits the numbers of each sample: (N, a·b·…) to (N, a, b, …).</summary>
/// <param name="shape">a, b, ….</param>
public sealed class Unflatten(params long[] shape) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Reshape([input.Size(0), .. shape]);
    }
}
