namespace Stn.Torch.Layers;

/// <summary>3-D convolution: (N, in, D, H, W) to (N, out, D', H', W'), D' = (D + 2·padding − kernel)/stride + 1.</summary>
public sealed class Conv3d : Module
{
    private readonly int _stride;
    private readonly int _padding;

    /// <summary>Weights start uniform over ±1/√(in·kernel³), as in PyTorch.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Slices, rows and columns of the kernel.</param>
    /// <param name="stride">Voxels between two positions of the kernel.</param>
    /// <param name="padding">Zeros around the input.</param>
    public Conv3d(long inputs, long outputs, int kernel, int stride = 1, int padding = 0)
    {
        var fanIn = inputs * kernel * kernel * kernel;
        Weight = Initialisation.Uniform(fanIn, outputs, inputs, kernel, kernel, kernel);
        Bias = Initialisation.Uniform(fanIn, outputs);
        _stride = stride;
        _padding = padding;
    }

    /// <summary>(out, in, kernel, kernel, kernel).</summary>
    public Parameter Weight { get; }

    /// <summary>(out).</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("weight", Weight), ("bias", Bias)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) =>
        Functional.Conv3d(input, Weight.Value, Bias.Value, _stride, _padding);
}
