using Stn.Kernels;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Localisation;

/// <summary>The localisation networks of the paper's appendix A.4, and the regression layer that ends every one of them.</summary>
public static partial class LocalisationNetwork
{
    private const int Filters = 20;
    private const int Kernel = 5;
    private const int HiddenUnits = 20;

    /// <summary>
    /// That of the ST-CNN: mean over 2×2, convolution 5×5×20, largest of 2×2, convolution 5×5×20, 20 units, θ; ReLU between.
    /// </summary>
    /// <param name="channels">C of U.</param>
    /// <param name="input">The size of U; at least 28×28 pixels, for the convolutions to fit.</param>
    /// <param name="transformation">Gives the number of outputs and their start.</param>
    /// <exception cref="ArgumentException">U is too small.</exception>
    public static Module Convolutional(int channels, Plane input, Transformation transformation) =>
        Convolutional(channels, input, StartOf(transformation));

    /// <summary>The same with another start than the identity, or for several transformers that share it.</summary>
    /// <param name="channels">C of U.</param>
    /// <param name="input">The size of U; at least 28×28 pixels.</param>
    /// <param name="start">The first θ, whatever is seen: P numbers, or n·P of transformers side by side.</param>
    /// <exception cref="ArgumentException">U is too small.</exception>
    public static Module Convolutional(int channels, Plane input, IReadOnlyList<double> start)
    {
        var (height, width) = (AfterConvolutions(input.Height), AfterConvolutions(input.Width));
        if (height < 1 || width < 1)
            throw new ArgumentException($"{input.Height}×{input.Width} pixels are too few for two 5×5 convolutions and two poolings by 2; 28×28 are enough", nameof(input));

        return new Sequential(
            ("downsample", new AvgPool2d(2)),
            ("conv1", new Conv2d(channels, Filters, Kernel)),
            ("pool1", new MaxPool2d(2)),
            ("relu1", new Relu()),
            ("conv2", new Conv2d(Filters, Filters, Kernel)),
            ("relu2", new Relu()),
            ("flatten", new Flatten()),
            ("fc", new Linear(Filters * height * width, HiddenUnits)),
            ("relu3", new Relu()),
            ("theta", ThetaRegression(HiddenUnits, start)));
    }

    /// <summary>The convolutional one where its convolutions fit, from 28×28 pixels on; the fully connected one on smaller feature maps.</summary>
    /// <param name="input">The shape of U.</param>
    /// <param name="transformation">Gives the number of outputs and their start.</param>
    public static Module Suiting(FeatureMap input, Transformation transformation) =>
        AfterConvolutions(Math.Min(input.Size.Height, input.Size.Width)) >= 1
            ? Convolutional(input.Channels, input.Size, transformation)
            : FullyConnected(input.Channels, input.Size, transformation);

    /// <summary>That of the ST-FCN: three fully connected layers of 32 units, θ; ReLU between.</summary>
    /// <param name="channels">C of U.</param>
    /// <param name="input">The size of U.</param>
    /// <param name="transformation">Gives the number of outputs and their start.</param>
    /// <param name="units">The width of the layers.</param>
    /// <param name="layers">How many there are before θ.</param>
    public static Module FullyConnected(int channels, Plane input, Transformation transformation, int units = 32, int layers = 3) =>
        FullyConnected(channels, input, StartOf(transformation), units, layers);

    /// <summary>The same with another start than the identity, or for several transformers that share it.</summary>
    /// <param name="channels">C of U.</param>
    /// <param name="input">The size of U.</param>
    /// <param name="start">The first θ, whatever is seen: P numbers, or n·P of transformers side by side.</param>
    /// <param name="units">The width of the three layers.</param>
    /// <param name="layers">How many there are before θ.</param>
    public static Module FullyConnected(int channels, Plane input, IReadOnlyList<double> start, int units = 32, int layers = 3) =>
        FullyConnected((long)channels * input.Length, start, units, layers);

    /// <summary>The last layer of a localisation network: weights zero, bias the identity's parameters, so that learning starts from U itself.</summary>
    /// <param name="inputs">The width of the layer before.</param>
    /// <param name="transformation">Gives the number of outputs and their start.</param>
    public static Linear ThetaRegression(int inputs, TransformationFamily transformation) => ThetaRegression(inputs, StartOf(transformation));

    /// <summary>The same, but learning starts from any θ: one that zooms in, for one, or those of several transformers side by side.</summary>
    /// <param name="inputs">The width of the layer before.</param>
    /// <param name="start">The first outputs, whatever is seen: P numbers, or n·P of transformers that share the network.</param>
    public static Linear ThetaRegression(int inputs, IReadOnlyList<double> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var layer = new Linear(inputs, start.Count);
        using var recording = new NoGrad();
        using var bias = Tensor.From(start.ToArray(), start.Count);
        layer.Weight.Value.SetZero();
        layer.Bias.Value.CopyFrom(bias);
        return layer;
    }

    private static IReadOnlyList<double> StartOf(TransformationFamily transformation)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        return transformation.Identity;
    }

    private static Sequential FullyConnected(long inputs, IReadOnlyList<double> start, int units, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        var parts = new List<(string, Module)> { ("flatten", new Flatten()) };
        for (var layer = 1; layer <= layers; layer++)
        {
            parts.Add(($"fc{layer}", new Linear(layer == 1 ? inputs : units, units)));
            parts.Add(($"relu{layer}", new Relu()));
        }

        parts.Add(("theta", ThetaRegression(units, start)));
        return new Sequential([.. parts]);
    }

    private static int AfterConvolutions(int size) => (((size / 2) - (Kernel - 1)) / 2) - (Kernel - 1);
}
