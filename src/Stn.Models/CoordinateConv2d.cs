using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>
/// A convolution that knows where it is (Liu et al. 2018): two channels more stand before those of the input, y and then x of each
/// pixel, −1 and 1 the centres of the first and the last.
/// </summary>
public sealed class CoordinateConv2d : Composite
{
    private const string Layer = "conv_layer";

    /// <summary>Starts as <see cref="Conv2d"/> with two input channels more; its parameters are <c>conv_layer.…</c>.</summary>
    /// <param name="inputs">Channels of the input, without the coordinates.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    public CoordinateConv2d(long inputs, long outputs, int kernel)
        : base((Layer, new Conv2d(inputs + 2, outputs, kernel)))
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (images, height, width) = (input.Size(0), (int)input.Size(2), (int)input.Size(3));
        var y = Ramp(height, input).Reshape(1, 1, height, 1).Expand(images, 1, height, width);
        var x = Ramp(width, input).Reshape(1, 1, 1, width).Expand(images, 1, height, width);
        return Run(Layer, Tensor.Concatenate([y, x, input], 1), pass);
    }

    private static Tensor Ramp(int count, Tensor like)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
            numbers[i] = count == 1 ? 0 : (2.0 * i / (count - 1)) - 1;
        return Tensor.From(numbers, count).To(like.Type).To(like.Device);
    }
}
