using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Networks;

/// <summary>A network of the paper's table 1 as a value: what it is made of, what it costs, and how to make one.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Images">What it looks at.</param>
/// <param name="Width">Units of each hidden layer, or filters of each convolution, of the classifier.</param>
public sealed record DigitNetwork(DigitNetworkKind Kind, DigitImages Images, int Width)
{
    /// <summary>The name of the classifier among the network's parts.</summary>
    public const string ClassifierName = "classifier";

    /// <summary>The name of the transformer among the network's parts.</summary>
    public const string TransformerName = "transformer";

    /// <summary>The classifier's layers.</summary>
    public IReadOnlyList<LayerSize> Classifier => Kind.IsConvolutional
        ? DigitClassifiers.CnnSizes(SeenChannels, Seen, Images.Classes, Width, Width)
        : DigitClassifiers.FcnSizes(SeenChannels, Seen, Images.Classes, Width);

    /// <summary>The localisation networks' layers; none without a transformer.</summary>
    public IReadOnlyList<LayerSize> Localisation => Kind.Transformation is { } family
        ? [.. Enumerable.Repeat(Localise(family().ParameterCount), Kind.Transformers).SelectMany(layers => layers)]
        : [];

    /// <summary>The number of learned numbers.</summary>
    public long ParameterCount => Classifier.Concat(Localisation).Sum(layer => layer.Parameters);

    /// <summary>Multiplications, each with an addition, of one image: those of convolutions and linear layers.</summary>
    public long MultiplyAdds => Classifier.Concat(Localisation).Sum(layer => layer.MultiplyAdds);

    /// <summary>
    /// The same with the gradients of a training step: three times as many, but for the layers that see the image, which needs no gradient.
    /// </summary>
    public long TrainingMultiplyAdds =>
        Classifier.Index().Sum(layer => layer.Item.TrainingMultiplyAdds(layer.Index > 0 || Kind.Transformation is not null))
        + Localisation.Index().Sum(layer => layer.Item.TrainingMultiplyAdds(layer.Index % (Localisation.Count / Kind.Transformers) > 0));

    private int SeenChannels => Images.Channels * Kind.Transformers;

    private Kernels.Plane Seen => Kind.Input == ClassifierInput.Image ? Images.Canvas : Images.Pooled;

    /// <summary>Makes it with fresh weights, from libtorch's generator.</summary>
    public Module Create() => new Sequential([.. Parts()]);

    private LayerSize[] Localise(int thetas) =>
        Kind.IsConvolutional ? LocalisationSizes.Convolutional(Images, thetas) : LocalisationSizes.FullyConnected(Images, thetas);

    private IEnumerable<(string Name, Module Part)> Parts()
    {
        if (Kind.Transformation is { } family)
            yield return (TransformerName, Kind.Transformers == 1 ? Transformer(family()) : ParallelTransformers.Separate(Kind.Transformers, _ => Transformer(family())));
        if (Kind.Input != ClassifierInput.Image && Images.Pools)
            yield return ("pool", new AvgPool2d(2));
        yield return (ClassifierName, Kind.IsConvolutional
            ? DigitClassifiers.Cnn(SeenChannels, Seen, Images.Classes, Width, Width)
            : DigitClassifiers.Fcn(SeenChannels, Seen, Images.Classes, Width));
    }

    private SpatialTransformer Transformer(Transformation transformation) => new(
        Kind.IsConvolutional
            ? LocalisationNetwork.Convolutional(Images.Channels, Images.Canvas, transformation)
            : LocalisationNetwork.FullyConnected(Images.Channels, Images.Canvas, transformation),
        transformation);
}
