using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>
/// Side by side, then behind each other along the channels: a 1×1 convolution; 1×1 and 3×3; 1×1 and twice 3×3; pooling and 1×1. Batch
/// norm and ReLU after each convolution.
/// </summary>
internal sealed class InceptionBlock : Composite
{
    private const string Pool = "pool";

    private readonly string _name;
    private readonly InceptionBranches _branches;

    public InceptionBlock(string name, int inputs, InceptionBranches branches)
        : base([.. Layers(inputs, branches)]) => (_name, _branches) = (name, branches);

    public override Tensor Forward(Tensor input, Pass pass)
    {
        if (_branches.Halves && (input.Size(2) % 2 != 0 || input.Size(3) % 2 != 0))
            throw new ArgumentException($"{_name} halves its input, whose height and width must be even, got {input}; images with sides of multiples of 32 fit", nameof(input));

        Tensor triple = Convolve("3x3", Convolve("3x3_reduce", input, pass), pass);
        Tensor twice = Convolve("double_3x3_2", Convolve("double_3x3_1", Convolve("double_3x3_reduce", input, pass), pass), pass);
        Tensor pooled = Run(Pool, input, pass);
        return Tensor.Concatenate(
            _branches.Halves ? [triple, twice, pooled] : [Convolve("1x1", input, pass), triple, twice, Convolve("pool_proj", pooled, pass)], 1);
    }

    private Tensor Convolve(string name, Tensor input, Pass pass) => Rectified.Of(Part($"{name}_bn"), Run(name, input, pass), pass);

    private static IEnumerable<(string, Module)> Layers(int inputs, InceptionBranches of)
    {
        var stride = of.Halves ? 2 : 1;
        return
        [
            .. of.Halves ? [] : Layer("1x1", inputs, of.Single, 1),
            .. Layer("3x3_reduce", inputs, of.Reduced, 1),
            .. Layer("3x3", of.Reduced, of.Triple, 3, stride),
            .. Layer("double_3x3_reduce", inputs, of.DoubleReduced, 1),
            .. Layer("double_3x3_1", of.DoubleReduced, of.Double, 3),
            .. Layer("double_3x3_2", of.Double, of.Double, 3, stride),
            (Pool, Pooling(of)),
            .. of.Halves ? [] : Layer("pool_proj", inputs, of.Pooled, 1),
        ];
    }

    private static (string, Module)[] Layer(string name, int inputs, int outputs, int kernel, int stride = 1) =>
        [(name, new Conv2d(inputs, outputs, kernel, stride, padding: kernel / 2)), ($"{name}_bn", new BatchNorm2d(outputs))];

    private static Module Pooling(InceptionBranches of) => of switch
    {
        { Halves: true } => new MaxPool2d(3, ceil: true, stride: 2),
        { MaxPool: true } => new MaxPool2d(3, stride: 1, padding: 1),
        _ => new AvgPool2d(3, stride: 1, padding: 1),
    };
}
