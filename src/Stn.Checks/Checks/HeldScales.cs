using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Scalar;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>
/// The scalar form of a warp at the local scales of an input, while θ, the grid or what the pair learns move. The gradients of the
/// anti-aliased sampler are those of this function: none flows through the width of its kernel.
/// </summary>
internal sealed class HeldScales(WarpCase one, WarpPair pair, CheckInput input)
{
    private readonly ScalarWarp _scalar = new(
        pair.Points, one.Sampler.Scalar(one.Dimensions), input.Shape.Source, input.Shape.Channels);

    /// <summary>Σ ∂V·V at the numbers that the input's tensors and the learned ones hold now.</summary>
    internal double Loss()
    {
        var values = _scalar.Values(WarpCheck.Numbers(input.Image), Places(WarpCheck.Numbers(input.Second)));
        return values.Zip(WarpCheck.Numbers(input.Seed), (value, weight) => value * weight).Sum();
    }

    /// <summary>The gradients of U and of θ or the grid, at other tensors of the same shapes.</summary>
    internal Tensor[] Gradients(Tensor image, Tensor second)
    {
        var (images, own) = (WarpCheck.Numbers(image), WarpCheck.Numbers(second));
        var gradients = _scalar.Gradients(images, own, Places(own), WarpCheck.Numbers(input.Seed));
        return [Tensor.From(gradients.Images, image.Shape), Tensor.From(gradients.Second, second.Shape)];
    }

    private SourcePlace[] Places(double[] own) => LocalScales.Held(_scalar.Places(own, input.Shape.Count), input.Places);
}
