namespace Stn.Torch.Optimisers;

/// <summary>
/// Stochastic gradient descent: g += decay·p; m = momentum·m + g; p −= rate·m. Without momentum, m is g. PyTorch's rule.
/// </summary>
public sealed class Sgd : Optimiser
{
    private readonly double _momentum;
    private readonly double _weightDecay;
    private readonly IReadOnlyList<Tensor> _velocity;

    /// <summary>Starts with no velocity.</summary>
    /// <param name="groups">What learns, and how fast.</param>
    /// <param name="momentum">The part of the velocity that stays.</param>
    /// <param name="weightDecay">The weight of an L2 penalty.</param>
    public Sgd(IReadOnlyList<ParameterGroup> groups, double momentum = 0, double weightDecay = 0)
        : base(groups)
    {
        _momentum = momentum;
        _weightDecay = weightDecay;
        _velocity = momentum == 0 ? [] : Buffers("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor value, Tensor gradient, double rate)
    {
        var direction = _weightDecay == 0 ? gradient : gradient + (value * _weightDecay);
        if (_momentum != 0)
        {
            _velocity[index].MultiplyInPlace(_momentum);
            _velocity[index].AddInPlace(direction);
            direction = _velocity[index];
        }

        value.AddInPlace(direction, -rate);
    }
}
