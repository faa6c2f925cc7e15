using Stn.Torch.Layers.Narrow;

namespace Stn.Torch.Layers;

/// <summary>x·Wᵀ + b: (N, in) to (N, out).</summary>
public sealed class Linear : Module
{
    /// <summary>Weights start uniform over ±1/√in, as in PyTorch.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    public Linear(long inputs, long outputs)
    {
        (Inputs, Outputs) = (inputs, outputs);
        Weight = Initialisation.Uniform(inputs, outputs, inputs);
        Bias = Initialisation.Uniform(inputs, outputs);
    }

    /// <summary>W, (out, in).</summary>
    public Parameter Weight { get; }

    /// <summary>b, (out).</summary>
    public Parameter Bias { get; }

    internal long Inputs { get; }

    internal long Outputs { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("weight", Weight), ("bias", Bias)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        return NarrowLinearFunction.Suits(input, this)
            ? new NarrowLinearFunction().Apply(input, Weight.Value, Bias.Value)[0]
            : Functional.Linear(input, Weight.Value, Bias.Value);
    }
}
