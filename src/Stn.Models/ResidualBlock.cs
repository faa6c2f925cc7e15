using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>
/// max(0, F(x) + x): convolutions with batch norm, ReLU between them, and the input, brought to the shape of the result where it
/// has another.
/// </summary>
internal abstract class ResidualBlock : Composite
{
    private const string Downsample = "downsample";

    private readonly int _convolutions;

    private protected ResidualBlock(Module? downsample, params (Conv2d Convolution, int Outputs)[] layers)
        : base([.. layers.SelectMany(Named), .. downsample is null ? [] : new[] { (Downsample, downsample) }]) =>
        _convolutions = layers.Length;

    public override Tensor Forward(Tensor input, Pass pass)
    {
        var value = input;
        for (var i = 1; i < _convolutions; i++)
            value = Rectified.Of(Part($"bn{i}"), Run($"conv{i}", value, pass), pass);
        var last = Run($"conv{_convolutions}", value, pass);
        return Rectified.Of(Part($"bn{_convolutions}"), last, pass, Has(Downsample) ? Run(Downsample, input, pass) : input);
    }

    private static (string, Module)[] Named((Conv2d Convolution, int Outputs) layer, int index) =>
        [($"conv{index + 1}", layer.Convolution), ($"bn{index + 1}", new BatchNorm2d(layer.Outputs))];
}

/// <summary>Two 3×3 convolutions.</summary>
internal sealed class BasicBlock : ResidualBlock
{
    public const int Expansion = 1;

    private BasicBlock(int inputs, int width, int stride, Module? downsample)
        : base(
            downsample,
            (new Conv2d(inputs, width, 3, stride, padding: 1, bias: false), width),
            (new Conv2d(width, width, 3, padding: 1, bias: false), width))
    {
    }

    public static Module Create(int inputs, int width, int stride, Module? downsample) => new BasicBlock(inputs, width, stride, downsample);
}

/// <summary>1×1 to fewer channels, 3×3, 1×1 to four times as many.</summary>
internal sealed class Bottleneck : ResidualBlock
{
    public const int Expansion = 4;

    private Bottleneck(int inputs, int width, int stride, Module? downsample)
        : base(
            downsample,
            (new Conv2d(inputs, width, 1, bias: false), width),
            (new Conv2d(width, width, 3, stride, padding: 1, bias: false), width),
            (new Conv2d(width, width * Expansion, 1, bias: false), width * Expansion))
    {
    }

    public static Module Create(int inputs, int width, int stride, Module? downsample) => new Bottleneck(inputs, width, stride, downsample);
}
