using Stn.Torch;

namespace Stn;

/// <summary>
/// A tensor with its channels outermost, as the kernels read it, or innermost, as convolutions may give it; its gradient comes back in the other
/// layout. libtorch's own copy leaves the gradient as it is, and each operator before would meet two layouts at once, which is slow.
/// </summary>
internal sealed class LayoutFunction(bool isChannelsLast) : CustomFunction
{
    /// <summary>The same elements, channels innermost or outermost.</summary>
    internal static Tensor Of(Tensor image, bool isChannelsLast) => new LayoutFunction(isChannelsLast).Apply(image)[0];

    /// <inheritdoc/>
    protected override Tensor[] Forward(FunctionContext context, Tensor[] inputs) => [Lay(inputs[0], isChannelsLast)];

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor[] gradients) => [Lay(gradients[0], !isChannelsLast)];

    private static Tensor Lay(Tensor image, bool isChannelsLast) => isChannelsLast ? image.ChannelsLast() : image.Contiguous();
}
