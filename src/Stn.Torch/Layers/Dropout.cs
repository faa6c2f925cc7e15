using Stn.Torch.Interop;

namespace Stn.Torch.Layers;

/// <summary>While training, sets each number to zero with a probability and scales the others up; nothing in inference.</summary>
/// <param name="probability">Of a zero, in [0, 1).</param>
public sealed class Dropout(double probability) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Ops.Dropout.Call(input, probability, pass.IsTraining);
    }
}
