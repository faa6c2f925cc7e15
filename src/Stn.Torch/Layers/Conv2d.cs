namespace Stn.Torch.Layers;

/// <summary>2-D convolution: (N, in, H, W) to (N, out, H', W'), H' = (H + 2·padding − kernel)/stride + 1.</summary>
public sealed class Conv2d : Module
{
    private readonly int _stride;
    private readonly int _padding;

    /// <summary>Weights start uniform over ±1/√(in·kernel²), as in PyTorch.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zeros around the input.</param>
    public Conv2d(long inputs, long outputs, int kernel, int stride = 1, int padding = 0)
    {
        var fanIn = inputs * kernel * kernel;
        Weight = Initialisation.Uniform(fanIn, outputs, inputs, kernel, kernel);
        Bias = Initialisation.Uniform(fanIn, outputs);
        _stride = stride;
        _padding = padding;
    }

    /// <summary>(out, in, kernel, kernel).</summary>
    public Parameter Weight { get; }

    /// <summary>(out).</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("weight", Weight), ("bias", Bias)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) =>
        Functional.Conv2d(input, Weight.Value, Bias.Value, _stride, _padding);
}
