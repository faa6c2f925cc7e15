namespace Stn.Torch.Layers.Convolutions;

/// <summary>A convolution with its pooling by 2 and its ReLU, in either order: the same values, as one function.</summary>
/// <param name="run">The three layers.</param>
internal sealed class PooledConvolution(LayerRun run) : Module
{
    /// <summary>The number of layers.</summary>
    internal const int Length = 3;

    private readonly Conv2d _convolution = (Conv2d)run.Layers[0];
    private readonly bool _ceil = run.Layers.OfType<MaxPool2d>().Single().IsCeil;

    /// <summary>Whether these layers begin with such a three.</summary>
    internal static bool Starts(IReadOnlyList<Module> layers, int first) =>
        first + Length <= layers.Count
        && layers[first] is Conv2d convolution && ConvolutionForms.HasPooledKernel(convolution)
        && (layers[first + 1], layers[first + 2]) is (MaxPool2d { HalvesSize: true }, Relu) or (Relu, MaxPool2d { HalvesSize: true });

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ConvolutionForms.Pooled(_convolution, input, _ceil) is { } function
            ? function.Apply(input, _convolution.Weight.Value, _convolution.Bias!.Value)[0]
            : run.Forward(input, pass);
    }
}
