using Stn.Torch.Interop;

namespace Stn.Torch.Layers;

/// <summary>Normalises each channel of (N, C, H, W) to mean 0 and variance 1, then scales and shifts it.</summary>
/// <param name="channels">C.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="momentum">The weight of a batch in the running statistics.</param>
public sealed class BatchNorm2d(long channels, double epsilon = 1e-5, double momentum = 0.1) : Module
{
    private readonly Parameter _weight = Initialisation.Constant(1, true, channels);
    private readonly Parameter _bias = Initialisation.Constant(0, true, channels);
    private readonly Parameter _runningMean = Initialisation.Constant(0, false, channels);
    private readonly Parameter _runningVariance = Initialisation.Constant(1, false, channels);
    private readonly Parameter _batches = new(Tensor.Zeros([], DType.Int64), learned: false) { IsOptional = true };

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters =>
    [
        ("weight", _weight), ("bias", _bias), ("running_mean", _runningMean), ("running_var", _runningVariance),
        ("num_batches_tracked", _batches),
    ];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        if (pass.IsTraining)
            Ops.AddScalarInPlace.Do(_batches.Value, 1L);
        return Ops.BatchNorm.Call(
            input, _weight.Value, _bias.Value, _runningMean.Value, _runningVariance.Value,
            pass.IsTraining, momentum, epsilon, false);
    }
}
