namespace Stn.Experiments.Networks;

/// <summary>What a convolution or a linear layer costs: parameters to store, multiplications to do.</summary>
/// <param name="Inputs">Numbers that one output is a weighted sum of: channels·kernel² of a convolution.</param>
/// <param name="Outputs">Filters or units.</param>
/// <param name="Positions">Places where the weights are applied: the output's pixels; 1 for a linear layer.</param>
public readonly record struct LayerSize(long Inputs, long Outputs, long Positions = 1)
{
    /// <summary>Weights and biases.</summary>
    public long Parameters => (Inputs + 1) * Outputs;

    /// <summary>Multiplications, each with an addition, of one image forward.</summary>
    public long MultiplyAdds => Inputs * Outputs * Positions;

    /// <summary>The same forward and backward: the gradient of the weights costs as much as the layer itself, and so does that of its input.</summary>
    /// <param name="inputGradient">Whether the input needs one; the image does not.</param>
    public long TrainingMultiplyAdds(bool inputGradient) => (inputGradient ? 3 : 2) * MultiplyAdds;
}
