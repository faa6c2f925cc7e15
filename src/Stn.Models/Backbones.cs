namespace Stn.Models;

/// <summary>The standard networks, fresh: convolutions normal by He's rule, as torchvision's; batch norm the identity.</summary>
/// <remarks>
/// Each takes images (N, channels, H, W). Its layers have the names of its public weights, which load with
/// <see cref="Torch.Files.WeightFile.Load"/>; with another number of classes, not strictly.
/// </remarks>
public static class Backbones
{
    /// <summary>The number of classes of ImageNet, for which the public weights were trained.</summary>
    public const int ImageNetClasses = 1000;

    private static readonly Dictionary<string, Func<int, int, Backbone>> _byName = new(StringComparer.Ordinal)
    {
        ["resnet18"] = ResNet18,
        ["resnet50"] = ResNet50,
        ["inception-bn"] = InceptionBn,
        ["resnet10-narrow"] = ResNet10Narrow,
    };

    private static readonly double[] _imageNetMeans = [0.485, 0.456, 0.406];
    private static readonly double[] _imageNetDeviations = [0.229, 0.224, 0.225];
    private static readonly double[] _caffeMeans = [104, 117, 128];

    /// <summary>The names that <see cref="ByName"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>A network by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="classes">The number of logits; 0 for none: the network then gives the descriptor.</param>
    /// <param name="channels">C of the images.</param>
    /// <exception cref="ArgumentException">There is no such network; the text lists those that are there.</exception>
    public static Backbone ByName(string name, int classes = ImageNetClasses, int channels = 3) =>
        _byName.TryGetValue(name, out var make)
            ? make(classes, channels)
            : throw new ArgumentException($"there is no network '{name}'; there are {string.Join(", ", Names)}", nameof(name));

    /// <summary>What stands before a network: from images between 0 and 1 to what its public weights were trained on.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="channels">C of the images: 3, or 1 for grey ones, which get the means over the colours.</param>
    public static ImageNormalisation InputOf(string name, int channels = 3)
    {
        var isCaffe = name == "inception-bn";
        return new ImageNormalisation(
            ForGrey(isCaffe ? _caffeMeans : _imageNetMeans), ForGrey(isCaffe ? [1, 1, 1] : _imageNetDeviations), isCaffe ? 255 : 1, isCaffe && channels > 1);

        double[] ForGrey(double[] colours) => channels == 1 ? [colours.Average()] : colours;
    }

    /// <summary>ResNet-18 (He et al. 2016) with torchvision's names; descriptors of 512.</summary>
    /// <param name="classes">The number of logits; 0 for none.</param>
    /// <param name="channels">C of the images.</param>
    public static Backbone ResNet18(int classes = ImageNetClasses, int channels = 3) =>
        ResNet.Create([2, 2, 2, 2], BasicBlock.Create, BasicBlock.Expansion, classes, channels);

    /// <summary>ResNet-50 (He et al. 2016) with torchvision's names, the stride in the 3×3 convolution as there; descriptors of 2048.</summary>
    /// <param name="classes">The number of logits; 0 for none.</param>
    /// <param name="channels">C of the images.</param>
    public static Backbone ResNet50(int classes = ImageNetClasses, int channels = 3) =>
        ResNet.Create([3, 4, 6, 3], Bottleneck.Create, Bottleneck.Expansion, classes, channels);

    /// <summary>A residual network of ours for few or small images: one block a layer, a quarter of the filters; descriptors of 128. It has no public weights.</summary>
    /// <param name="classes">The number of logits; 0 for none.</param>
    /// <param name="channels">C of the images.</param>
    public static Backbone ResNet10Narrow(int classes = ImageNetClasses, int channels = 3) =>
        ResNet.Create([1, 1, 1, 1], BasicBlock.Create, BasicBlock.Expansion, classes, channels, stemWidth: 16);

    /// <summary>
    /// Inception with batch norm (Ioffe and Szegedy 2015), the backbone of the paper's section 4.3, with the names of its public
    /// PyTorch weights (<c>bninception</c>, from Caffe); descriptors of 1024.
    /// </summary>
    /// <remarks>
    /// The sides of the images are multiples of 32. The public weights want channels in the order blue, green, red, from 0 to 255, less
    /// (104, 117, 128).
    /// </remarks>
    /// <param name="classes">The number of logits; 0 for none.</param>
    /// <param name="channels">C of the images.</param>
    public static Backbone InceptionBn(int classes = ImageNetClasses, int channels = 3) => InceptionBnNetwork.Create(classes, channels);
}
