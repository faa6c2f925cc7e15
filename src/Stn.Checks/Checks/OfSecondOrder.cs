using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>
/// The gradient of a gradient: how w·∇(∂V·V) changes along a random direction of U and θ, by autograd through the recorded gradient and
/// by central differences of the ordinary one, in float64; of the scalar form's at constant widths where these count as constant.
/// </summary>
public sealed class OfSecondOrder : WarpCheck
{
    private const double Step = 1e-6;
    private const int Directions = 3;

    /// <inheritdoc/>
    public override string Name => "second order";

    /// <inheritdoc/>
    public override bool IsFor(WarpCase one, InputShape shape)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(shape);
        return one.Sampler.IsTwiceDifferentiable && one.Type == DType.Float64 && shape.Name == InputShape.Small;
    }

    /// <inheritdoc/>
    public override CheckResult Run(WarpCase one, WarpPair pair, CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(input);
        var draws = new InputDraws(Directions);
        Tensor[] inputs = [input.Image, input.Second], weights = [Like(input.Image), Like(input.Second)];
        var gradients = Autograd.Gradients([pair.Ours(input.Image, input.Second)], inputs, [input.Seed], createGraph: true);
        var second = Autograd.Gradients([Weigh(gradients, weights)], inputs);
        var differences = Enumerable.Range(0, Directions).SelectMany(_ =>
        {
            Tensor[] direction = [Like(input.Image), Like(input.Second)];
            var above = Weigh(Moved(direction, Step), weights).Item<double>();
            var slope = (above - Weigh(Moved(direction, -Step), weights).Item<double>()) / (2 * Step);
            return Difference.Between(
                "∂∂", [slope], [Weigh(second, direction).Item<double>()], Tolerances.SecondDifferences * (1 + Math.Abs(slope)));
        });
        return CheckResult.Of(Title(one, input), [.. differences]);

        Tensor Like(Tensor tensor) => Tensor.From(draws.Normals(tensor.ElementCount), tensor.Shape);
        Tensor?[] Moved(Tensor[] direction, double step)
        {
            Tensor[] moved = [.. inputs.Select((tensor, i) => (tensor.Detach() + (direction[i] * step)).RequireGrad())];
            return one.Sampler.ReadsScales(one.Dimensions)
                ? new HeldScales(one, pair, input).Gradients(moved[0], moved[1])
                : Autograd.Gradients([pair.Ours(moved[0], moved[1])], moved, [input.Seed]);
        }
    }

    private static Tensor Weigh(Tensor?[] gradients, Tensor[] weights)
    {
        var sum = Tensor.Zeros([], DType.Float64);
        for (var i = 0; i < weights.Length; i++)
            sum = gradients[i] is { } gradient ? sum + (gradient * weights[i]).Sum() : sum;
        return sum;
    }
}
