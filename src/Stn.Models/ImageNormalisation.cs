using Stn.Torch;

namespace Stn.Models;

/// <summary>From red, green and blue (or grey) between 0 and 1 to the numbers that a backbone's public weights were trained on.</summary>
/// <param name="means">For each channel of the output, what is subtracted.</param>
/// <param name="deviations">What is divided by then.</param>
/// <param name="range">What 1 becomes before.</param>
/// <param name="isReversed">Whether the channels change order: blue, green, red.</param>
public sealed class ImageNormalisation(IReadOnlyList<double> means, IReadOnlyList<double> deviations, double range = 1, bool isReversed = false) : Module
{
    private readonly float[] _scales = [.. deviations.Select(deviation => (float)(range / deviation))];
    private readonly float[] _shifts = [.. means.Zip(deviations, (mean, deviation) => (float)(-mean / deviation))];

    /// <summary>(N, C, H, W) from (N, C, H, W).</summary>
    /// <exception cref="ArgumentException">C is another number than that of the means.</exception>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Dimensions != 4 || input.Size(1) != _scales.Length)
            throw new ArgumentException($"expected (N, {_scales.Length}, H, W), got {input}", nameof(input));
        using var scope = new TensorScope();
        var ordered = isReversed ? Tensor.Concatenate([.. Enumerable.Range(1, _scales.Length).Select(i => input.Narrow(1, _scales.Length - i, 1))], 1) : input;
        return scope.Keep(Functional.ScaleChannels(ordered, PerChannel(_scales, input), PerChannel(_shifts, input)));
    }

    private static Tensor PerChannel(float[] numbers, Tensor like) => Tensor.From(numbers, numbers.Length).To(like.Type).To(like.Device);
}
