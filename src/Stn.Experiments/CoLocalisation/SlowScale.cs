using Stn.Torch;

namespace Stn.Experiments.CoLocalisation;

/// <summary>Ends a localisation network of an attention transformer: the scale moves from its start a given part of what is predicted.</summary>
/// <param name="start">The scale where learning starts.</param>
/// <param name="rate">What its changes are multiplied by.</param>
internal sealed class SlowScale(double start, double rate) : Module
{
    /// <summary>(s, t_x, t_y) to (start + rate·(s − start), t_x, t_y).</summary>
    /// <param name="input">(N, 3).</param>
    /// <param name="pass">Makes no difference.</param>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = new TensorScope();
        return scope.Keep((input * Tensor.From([(float)rate, 1, 1], 1, 3)) + Tensor.From([(float)(start * (1 - rate)), 0, 0], 1, 3));
    }
}
