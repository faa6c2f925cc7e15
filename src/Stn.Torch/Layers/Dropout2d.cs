using Stn.Torch.Interop;

namespace Stn.Torch.Layers;

/// <summary>While training, sets whole channels of (N, C, H, W) to zero with a probability and scales the others up; nothing in inference.</summary>
/// <param name="probability">Of a channel of zeros, in [0, 1).</param>
public sealed class Dropout2d(double probability) : Module
{
    private readonly double _probability = Dropout.RequireProbability(probability);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Ops.FeatureDropout.Call(input, _probability, pass.IsTraining);
    }
}
