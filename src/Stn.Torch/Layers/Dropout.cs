using Stn.Torch.Interop;

namespace Stn.Torch.Layers;

/// <summary>While training, sets each number to zero with a probability and scales the others up; nothing in inference.</summary>
/// <param name="probability">Of a zero, in [0, 1).</param>
public sealed class Dropout(double probability) : Module
{
    private readonly double _probability = RequireProbability(probability);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Ops.Dropout.Call(input, _probability, pass.IsTraining);
    }

    internal static double RequireProbability(double probability) => probability is >= 0 and < 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability of dropping lies in [0, 1)");
}
