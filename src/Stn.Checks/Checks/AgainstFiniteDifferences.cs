using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>
/// The gradient of every number of U, of θ or the grid, and of what the pair learns itself, against central differences of V in float64:
/// nothing of the gradients' own formulas. Where widths of kernels count as constant, V is that of the scalar form at constant widths.
/// </summary>
public sealed class AgainstFiniteDifferences : WarpCheck
{
    private const double Step = 1e-6;

    /// <inheritdoc/>
    public override string Name => "differences";

    /// <inheritdoc/>
    public override bool IsFor(WarpCase one, InputShape shape)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(shape);
        return one.Type == DType.Float64 && shape.Name == InputShape.Small;
    }

    /// <inheritdoc/>
    public override CheckResult Run(WarpCase one, WarpPair pair, CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(input);
        Tensor[] learned = [input.Image, input.Second, .. pair.Learned.Where(Moves).Select(parameter => parameter.Value)];
        var gradients = Autograd.Gradients([pair.Ours(input.Image, input.Second)], learned, [input.Seed]);
        // V is linear in U, whatever the widths of kernels; those of an anti-aliased one are constants to the other gradients.
        Func<double> whole = () => Loss(pair, input);
        var held = one.Sampler.ReadsScales(one.Dimensions) ? new HeldScales(one, pair, input).Loss : whole;
        var differences = learned.SelectMany((tensor, i) => Difference.Between(
            i switch { 0 => "∂U", 1 => SecondOf(one), _ => $"∂ of learned {i - 1}" },
            Slopes(i == 0 ? whole : held, tensor), gradients[i] is { } gradient ? Numbers(gradient) : new double[tensor.ElementCount],
            Tolerances.Differences));
        return CheckResult.Of(Title(one, input), [.. differences]);
    }

    private static bool Moves(Parameter parameter) => parameter.IsLearned && parameter.Value.Type == DType.Float64;

    private static double[] Slopes(Func<double> loss, Tensor tensor)
    {
        using var recording = new NoGrad();
        var elements = tensor.DangerousGetSpan<double>();
        var slopes = new double[elements.Length];
        for (var i = 0; i < slopes.Length; i++)
        {
            using var scope = new TensorScope();
            var middle = elements[i];
            elements[i] = middle + Step;
            var above = loss();
            elements[i] = middle - Step;
            slopes[i] = (above - loss()) / (2 * Step);
            elements[i] = middle;
        }

        return slopes;
    }

    private static double Loss(WarpPair pair, CheckInput input) =>
        (pair.Ours(input.Image, input.Second) * input.Seed).Sum().Item<double>();
}
