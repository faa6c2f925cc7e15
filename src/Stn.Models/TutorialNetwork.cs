using Stn.Kernels;
using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Models;

/// <summary>
/// The network of PyTorch's tutorial on spatial transformers, for MNIST: an affine transformer in front of a small classifier. Its
/// parameters have the names of the tutorial's <c>state_dict</c>.
/// </summary>
/// <remarks>
/// It takes digits (N, 1, 28, 28), less <see cref="Mean"/> and divided by <see cref="Deviation"/>. The tutorial was written when PyTorch put
/// ±1 at the centres of the corner pixels, and newer PyTorch runs it with ±1 at their edges: <see cref="AlignCorners"/> says which.
/// </remarks>
public sealed class TutorialNetwork : Composite
{
    /// <summary>The mean of MNIST's pixels, of 0 to 1.</summary>
    public const double Mean = 0.1307;

    /// <summary>Their standard deviation.</summary>
    public const double Deviation = 0.3081;

    private const double Dropped = 0.5;
    private const int DigitSize = 28;
    private const int DigitPixels = DigitSize * DigitSize;
    private const int Batch = 500;

    private static readonly Dropout _dropout = new(Dropped);

    /// <summary>A fresh network: the transformer begins at the identity, the rest as PyTorch does.</summary>
    /// <param name="align">Where ±1 lies in the transformer's grid and its sampler.</param>
    /// <param name="coordinates">Whether the localisation network begins with a <see cref="CoordinateConv2d"/>.</param>
    public TutorialNetwork(AlignCorners align = AlignCorners.False, bool coordinates = false)
        : base(
            ("conv1", new Conv2d(1, 10, 5)),
            ("conv2", new Conv2d(10, 20, 5)),
            ("conv2_drop", new Dropout2d(Dropped)),
            ("fc1", new Linear(320, 50)),
            ("fc2", new Linear(50, 10)),
            ("localization", new Sequential(
                coordinates ? new CoordinateConv2d(1, 8, 7) : new Conv2d(1, 8, 7), new MaxPool2d(2), new Relu(),
                new Conv2d(8, 10, 5), new MaxPool2d(2), new Relu())),
            ("fc_loc", new Sequential(
                new Linear(90, 32), new Relu(), LocalisationNetwork.ThetaRegression(32, new AffineTransformation())))) =>
        Transformer = new SpatialTransformer(new Localisation(this), new AffineTransformation(), align: align);

    /// <summary>The transformer in front. Its localisation network is <c>localization</c> and <c>fc_loc</c> of this network.</summary>
    public SpatialTransformer Transformer { get; }

    /// <summary>The logarithms of the digits' probabilities.</summary>
    /// <param name="input">Digits, (N, 1, 28, 28), normalised.</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>(N, 10).</returns>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var digit = Transformer.Forward(input, pass);
        var first = Functional.MaxPool2d(Run("conv1", digit, pass), 2).Relu();
        var second = Functional.MaxPool2d(Run("conv2_drop", Run("conv2", first, pass), pass), 2).Relu();
        var hidden = _dropout.Forward(Run("fc1", second.Flatten(), pass).Relu(), pass);
        return Run("fc2", hidden, pass).LogSoftmax(1);
    }

    /// <summary>Counts the digits that are recognised.</summary>
    /// <param name="pixels">N digits of 28×28 pixels, 0 black to 255 white.</param>
    /// <param name="labels">N digits, 0 to 9.</param>
    /// <exception cref="ArgumentException">The pixels are not N digits.</exception>
    public int CountCorrect(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels)
    {
        if (pixels.Length != labels.Length * DigitPixels)
            throw new ArgumentException($"{labels.Length} digits need {labels.Length * DigitPixels} pixels, got {pixels.Length}", nameof(pixels));

        using var recording = new NoGrad();
        var correct = 0;
        for (var start = 0; start < labels.Length; start += Batch)
        {
            using var scope = new TensorScope();
            var count = Math.Min(Batch, labels.Length - start);
            var answers = Forward(Normalised(pixels.Slice(start * DigitPixels, count * DigitPixels)), Pass.Inference).ArgMax(1).ToArray<long>();
            for (var i = 0; i < count; i++)
                correct += answers[i] == labels[start + i] ? 1 : 0;
        }

        return correct;
    }

    /// <summary>Digits as the network takes them.</summary>
    /// <param name="pixels">N digits of 28×28 pixels, 0 black to 255 white.</param>
    /// <returns>(N, 1, 28, 28).</returns>
    public static Tensor Normalised(ReadOnlySpan<byte> pixels)
    {
        var numbers = new float[pixels.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (float)(((pixels[i] / 255.0) - Mean) / Deviation);
        return Tensor.From(numbers, pixels.Length / DigitPixels, 1, DigitSize, DigitSize);
    }

    // The tutorial's names leave no room for a transformer: the parts are the network's own.
    private sealed class Localisation(TutorialNetwork network) : Module
    {
        public override Tensor Forward(Tensor input, Pass pass) =>
            network.Run("fc_loc", network.Run("localization", input, pass).Flatten(), pass);
    }
}
