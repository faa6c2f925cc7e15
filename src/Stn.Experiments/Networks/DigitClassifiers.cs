using Stn.Kernels;
using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Experiments.Networks;

/// <summary>The classifiers of the paper's appendix A.4.</summary>
public static class DigitClassifiers
{
    private const int FirstKernel = 9;
    private const int SecondKernel = 7;

    /// <summary>
    /// The CNN: convolution 9×9, largest of 2×2, convolution 7×7, largest of 2×2, one linear layer; ReLU after each pooling,
    /// which gives the same numbers as before it, and costs a quarter.
    /// </summary>
    /// <remarks>
    /// Where the input is too small for the 7×7 kernel otherwise (21×21 is), the poolings count a last, incomplete window.
    /// </remarks>
    /// <param name="channels">C of the input.</param>
    /// <param name="input">Its size.</param>
    /// <param name="classes">The number of logits.</param>
    /// <param name="first">Filters of the first convolution.</param>
    /// <param name="second">Filters of the second.</param>
    public static Module Cnn(int channels, Plane input, int classes, int first = 64, int second = 64)
    {
        var ceil = NeedsCeil(input);
        return new Sequential(
            ("conv1", new Conv2d(channels, first, FirstKernel)),
            ("pool1", new MaxPool2d(2, ceil)),
            ("relu1", new Relu()),
            ("conv2", new Conv2d(first, second, SecondKernel)),
            ("pool2", new MaxPool2d(2, ceil)),
            ("relu2", new Relu()),
            ("flatten", new Flatten()),
            ("fc", new Linear(CnnSizes(channels, input, classes, first, second)[^1].Inputs, classes)));
    }

    /// <summary>The layers of <see cref="Cnn"/> by size.</summary>
    /// <exception cref="ArgumentException">The input is too small for the two kernels.</exception>
    internal static LayerSize[] CnnSizes(int channels, Plane input, int classes, int first, int second)
    {
        var ceil = NeedsCeil(input);
        var conv1 = Convolved(input, FirstKernel);
        var conv2 = Convolved(Pooled(conv1, ceil), SecondKernel);
        if (conv1.Height < 1 || conv1.Width < 1 || conv2.Height < 1 || conv2.Width < 1)
            throw new ArgumentException($"{input.Height}×{input.Width} pixels are too few for a 9×9 convolution, pooling and a 7×7 convolution; 21×21 are enough", nameof(input));

        return
        [
            new(channels * FirstKernel * FirstKernel, first, conv1.Length),
            new((long)first * SecondKernel * SecondKernel, second, conv2.Length),
            new((long)second * Pooled(conv2, ceil).Length, classes),
        ];
    }

    /// <summary>The FCN: two hidden layers of equal width and a linear one; ReLU between.</summary>
    /// <param name="channels">C of the input.</param>
    /// <param name="input">Its size.</param>
    /// <param name="classes">The number of logits.</param>
    /// <param name="units">The width of the hidden layers.</param>
    public static Module Fcn(int channels, Plane input, int classes, int units) => new Sequential(
        ("flatten", new Flatten()),
        ("fc1", new Linear((long)channels * input.Length, units)),
        ("relu1", new Relu()),
        ("fc2", new Linear(units, units)),
        ("relu2", new Relu()),
        ("fc3", new Linear(units, classes)));

    /// <summary>The layers of <see cref="Fcn"/> by size.</summary>
    internal static LayerSize[] FcnSizes(int channels, Plane input, int classes, int units) =>
        [new((long)channels * input.Length, units), new(units, units), new(units, classes)];

    private static bool NeedsCeil(Plane input)
    {
        var small = Math.Min(input.Height, input.Width);
        return Pooled(Pooled(small - FirstKernel + 1, ceil: false) - SecondKernel + 1, ceil: false) < 1;
    }

    private static Plane Convolved(Plane input, int kernel) => new(input.Height - kernel + 1, input.Width - kernel + 1);

    private static Plane Pooled(Plane input, bool ceil) => new(Pooled(input.Height, ceil), Pooled(input.Width, ceil));

    private static int Pooled(int size, bool ceil) => (size + (ceil ? 1 : 0)) / 2;
}
