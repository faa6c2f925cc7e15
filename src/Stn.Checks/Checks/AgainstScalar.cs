using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Checks.Scalar;

namespace Stn.Checks.Checks;

/// <summary>V, ∂U and ∂θ or the grid's gradient against the scalar form of the same warp, in float64.</summary>
public sealed class AgainstScalar : WarpCheck
{
    /// <inheritdoc/>
    public override string Name => "scalar";

    /// <inheritdoc/>
    public override bool IsFor(WarpCase one, InputShape shape) => true;

    /// <inheritdoc/>
    public override CheckResult Run(WarpCase one, WarpPair pair, CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(input);
        var scalar = new ScalarWarp(pair.Points, one.Sampler.Scalar(one.Dimensions), input.Shape.Source, input.Shape.Channels);
        var (images, second, seed) = (Numbers(input.Image), Numbers(input.Second), Numbers(input.Seed));
        var expected = scalar.Gradients(images, second, input.Places, seed);
        var actual = Compute(pair.Ours, input, input.Seed);
        return CheckResult.Of(Title(one, input),
        [
            .. Difference.Between(
                "V", scalar.Values(images, input.Places), actual.Values, Tolerances.Values(input, one.Type),
                element => input.CountsForValues(element, one.Sampler.Jumps)),
            .. Difference.Between("∂U", expected.Images, actual.Images, Tolerances.Images(input, one.Type)),
            .. Difference.Between(SecondOf(one), expected.Second, actual.Second, Tolerances.Second(input, one.Type)),
        ]);
    }
}
