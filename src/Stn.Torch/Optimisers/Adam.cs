namespace Stn.Torch.Optimisers;

/// <summary>
/// Adam (Kingma and Ba, 2015), PyTorch's rule: m and v are running means of g and g²; p −= rate·m̂/(√v̂ + ε). With
/// <c>decoupled</c> the weight decay shrinks p directly (AdamW); otherwise it is added to g.
/// </summary>
public class Adam : Optimiser
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;
    private readonly bool _decoupled;
    private readonly IReadOnlyList<Tensor> _mean;
    private readonly IReadOnlyList<Tensor> _square;

    /// <summary>Starts with means of zero.</summary>
    /// <param name="groups">What learns, and how fast.</param>
    /// <param name="beta1">The part of the mean that stays.</param>
    /// <param name="beta2">The part of the mean square that stays.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="weightDecay">The weight of the decay.</param>
    /// <param name="decoupled">Whether the decay bypasses the gradient: AdamW.</param>
    public Adam(
        IReadOnlyList<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0, bool decoupled = false)
        : base(groups)
    {
        (_beta1, _beta2, _epsilon, _weightDecay, _decoupled) = (beta1, beta2, epsilon, weightDecay, decoupled);
        _mean = Buffers("mean");
        _square = Buffers("square");
    }

    /// <summary>The running mean of a parameter's gradient.</summary>
    /// <param name="index">The parameter's place in <see cref="Optimiser.Entries"/>.</param>
    protected Tensor Mean(int index) => _mean[index];

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<Change> changes)
    {
        var pass = new AdamPass();
        Change[] others = [.. changes.Where(c => !pass.TryAdd(c.Value, c.Gradient, _mean[c.Index], _square[c.Index], Numbers(c.Rate)))];
        pass.Run();
        GC.KeepAlive(changes);
        base.Update(others);
    }

    /// <inheritdoc/>
    /// <remarks>In libtorch's operators: for other types and devices.</remarks>
    protected override void Update(int index, Tensor value, Tensor gradient, double rate)
    {
        var (mean, square) = (_mean[index], _square[index]);
        if (_weightDecay != 0 && _decoupled)
            value.MultiplyInPlace(1 - (rate * _weightDecay));
        var direction = _weightDecay != 0 && !_decoupled ? gradient + (value * _weightDecay) : gradient;
        mean.MultiplyInPlace(_beta1);
        mean.AddInPlace(direction, 1 - _beta1);
        square.MultiplyInPlace(_beta2);
        square.AddProductInPlace(direction, direction, 1 - _beta2);

        var correction1 = 1 - Math.Pow(_beta1, StepCount);
        var correction2 = 1 - Math.Pow(_beta2, StepCount);
        var denominator = (square.Sqrt() / Math.Sqrt(correction2)) + _epsilon;
        value.AddQuotientInPlace(mean, denominator, -rate / correction1);
    }

    private AdamNumbers Numbers(double rate) => new()
    {
        Mean = (float)_beta1,
        MeanRest = (float)(1 - _beta1),
        Square = (float)_beta2,
        SquareRest = (float)(1 - _beta2),
        Correction = (float)(1 / Math.Sqrt(1 - Math.Pow(_beta2, StepCount))),
        Epsilon = (float)_epsilon,
        Rate = (float)(rate / (1 - Math.Pow(_beta1, StepCount))),
        Decay = _decoupled ? 0 : (float)_weightDecay,
        Shrink = _decoupled ? (float)(1 - (rate * _weightDecay)) : 1,
    };
}
