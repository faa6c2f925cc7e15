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
        var ceil = AfterBoth(Math.Min(input.Height, input.Width), ceil: false) < 1;
        var features = AfterBoth(input.Height, ceil) * AfterBoth(input.Width, ceil);
        return new Sequential(
            ("conv1", new Conv2d(channels, first, FirstKernel)),
            ("pool1", new MaxPool2d(2, ceil)),
            ("relu1", new Relu()),
            ("conv2", new Conv2d(first, second, SecondKernel)),
            ("pool2", new MaxPool2d(2, ceil)),
            ("relu2", new Relu()),
            ("flatten", new Flatten()),
            ("fc", new Linear((long)second * features, classes)));
    }

    private static int AfterBoth(int size, bool ceil) =>
        Pooled(Pooled(size - FirstKernel + 1, ceil) - SecondKernel + 1, ceil);

    private static int Pooled(int size, bool ceil) => (size + (ceil ? 1 : 0)) / 2;
}
