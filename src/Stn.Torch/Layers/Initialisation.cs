namespace Stn.Torch.Layers;

/// <summary>How new weights start: PyTorch's defaults, from libtorch's generator on the CPU.</summary>
internal static class Initialisation
{
    /// <summary>Uniform over ±1/√(fan in), for weights and bias alike: what PyTorch's Linear and Conv2d do.</summary>
    internal static Parameter Uniform(long fanIn, params long[] shape)
    {
        var value = Tensor.Empty(DType.Float32, shape);
        var bound = 1 / Math.Sqrt(fanIn);
        value.SetUniform(-bound, bound);
        return new Parameter(value);
    }

    internal static Parameter Constant(double number, bool learned, params long[] shape)
    {
        var value = Tensor.Empty(DType.Float32, shape);
        value.Fill(number);
        return new Parameter(value, learned);
    }
}
