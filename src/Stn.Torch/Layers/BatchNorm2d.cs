using Stn.Torch.Interop;
using Stn.Torch.Layers.Normalisation;

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
    public override Tensor Forward(Tensor input, Pass pass) => Forward(input, null, isRectified: false, pass);

    /// <summary>ReLU of the normalised input, or of its sum with another map: max(0, norm(x) + added), where that can be in one pass through memory.</summary>
    /// <param name="input">x, (N, C, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <param name="added">A map of the shape of the input, such as the way around a residual block; null for none.</param>
    /// <returns>(N, C, H, W).</returns>
    public Tensor ForwardRelu(Tensor input, Pass pass, Tensor? added = null) => Forward(input, added, isRectified: true, pass);

    private Tensor Forward(Tensor input, Tensor? added, bool isRectified, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(pass);
        if (pass.IsTraining)
            Ops.AddScalarInPlace.Do(_batches.Value, 1L);
        if (!Suits(input, added) || (pass.IsTraining ? input.ElementCount <= channels : NoGrad.IsRecording))
            return Plain(input, added, isRectified, pass);
        return pass.IsTraining ? Training(input, added, isRectified) : Inference(input, added, isRectified);
    }

    private Tensor Plain(Tensor input, Tensor? added, bool isRectified, Pass pass)
    {
        var value = Ops.BatchNorm.Call(
            input, _weight.Value, _bias.Value, _runningMean.Value, _runningVariance.Value, pass.IsTraining, momentum, epsilon, false);
        if (added is not null)
            value += added;
        return isRectified ? value.Relu() : value;
    }

    private Tensor Training(Tensor input, Tensor? added, bool isRectified)
    {
        var function = new NormalisedFunction(isRectified, epsilon);
        Tensor[] inputs = [input, _weight.Value, _bias.Value, .. added is null ? [] : new[] { added }];
        var output = function.Apply(inputs)[0];
        // As in libtorch, the running variance is that of which the batch is a sample.
        var count = (double)input.ElementCount / channels;
        var means = _runningMean.Value.DangerousGetSpan<float>();
        var variances = _runningVariance.Value.DangerousGetSpan<float>();
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = (float)((momentum * function.Moments[i].Mean) + ((1 - momentum) * means[i]));
            variances[i] = (float)((momentum * function.Moments[i].Variance * count / (count - 1)) + ((1 - momentum) * variances[i]));
        }

        return output;
    }

    private unsafe Tensor Inference(Tensor input, Tensor? added, bool isRectified)
    {
        var output = Tensor.Empty(DType.Float32, input.Shape);
        var (means, variances) = (_runningMean.Value.DangerousGetSpan<float>().ToArray(), _runningVariance.Value.DangerousGetSpan<float>().ToArray());
        new NormalisationPass(NormalisedFunction.MapOf(input), isRectified).Forward(
            TensorMemory.Floats(input), added is null ? null : TensorMemory.Floats(added), TensorMemory.Floats(output),
            TensorMemory.Floats(_weight.Value), TensorMemory.Floats(_bias.Value), epsilon,
            (channel, _) => new ChannelMoments(means[channel], variances[channel]));
        return output;
    }

    // Floats in C order on the CPU, all of them, and a map that is one.
    private bool Suits(Tensor input, Tensor? added) =>
        input.Dimensions == 4 && input.ElementCount > 0 && input.Size(1) == channels && IsHere(input)
        && (added is null || (added.Shape.SequenceEqual(input.Shape) && IsHere(added)))
        && IsHere(_weight.Value) && IsHere(_bias.Value) && IsHere(_runningMean.Value) && IsHere(_runningVariance.Value);

    private static unsafe bool IsHere(Tensor tensor) => tensor.TryGetFloats(out _, out _);
}
