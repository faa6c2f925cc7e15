using Stn.Localisation;
using Stn.Models;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Birds;

/// <summary>
/// A network for birds as a value (paper, section 4.3 and appendix A.6). N×ST-CNN: one localisation network predicts the places of N windows of half
/// the image's side; each is described by a backbone of its own; one classifier sees all descriptors. CNN: one backbone sees the whole image.
/// </summary>
/// <remarks>
/// The localisation network is a backbone without its pooling, a 1×1 convolution to 128 channels, 128 units and θ. It sees the image at the
/// size of a crop: 448 pixels are averaged to 224.
/// </remarks>
/// <param name="Windows">N; 0 for the CNN.</param>
/// <param name="Size">H = W of the images.</param>
/// <param name="Crop">H = W of what a backbone sees; <paramref name="Size"/> is a multiple of it, for the CNN the same.</param>
/// <param name="BackboneName">One of <see cref="Backbones.Names"/>.</param>
/// <param name="Dropout">The probability before the classifier: 0.7 in the paper.</param>
/// <param name="Classes">The number of logits.</param>
public sealed record BirdNetwork(int Windows, int Size, int Crop, string BackboneName, double Dropout, int Classes)
{
    /// <summary>The side of a window over the image's.</summary>
    public const double Scale = 0.5;

    private const int LocalisationUnits = 128;

    // Every backbone's last feature map is the image over 32.
    private const int Stride = 32;

    /// <summary>Makes it with fresh weights, from libtorch's generator; windows begin as tiles of the image.</summary>
    public Module Create()
    {
        var backbones = Enumerable.Range(0, Math.Max(1, Windows)).Select(_ => NewBackbone()).ToArray();
        List<(string Name, Module Part)> parts = [("normalise", Backbones.InputOf(BackboneName))];
        if (Windows > 0)
            parts.Add(("transformers", Transformers()));
        parts.Add(("descriptors", new WindowDescriptors(backbones)));
        if (Dropout > 0)
            parts.Add(("dropout", new Dropout(Dropout)));
        parts.Add(("classifier", new Linear(backbones.Sum(backbone => backbone.Features), Classes)));
        return new Sequential([.. parts]);
    }

    private ParallelTransformers Transformers()
    {
        double[] start = [.. StartingWindows.Tiles(Windows, Scale).SelectMany(middle => new[] { middle.X, middle.Y })];
        return ParallelTransformers.Shared(
            Localisation(start), Windows, (_, shared) => new SpatialTransformer(shared, new WindowTransformation(Scale), output: new Plane(Crop, Crop)));
    }

    private Sequential Localisation(double[] start)
    {
        var backbone = NewBackbone();
        var side = (Crop + Stride - 1) / Stride;
        List<(string Name, Module Part)> parts = Size > Crop ? [("downsample", new AvgPool2d(Size / Crop))] : [];
        return new Sequential(
        [
            .. parts,
            ("features", new BackboneFeatures(backbone)),
            ("reduce", new Conv2d(backbone.Features, LocalisationUnits, 1)),
            ("relu1", new Relu()),
            ("flatten", new Flatten()),
            ("fc", new Linear(LocalisationUnits * side * side, LocalisationUnits)),
            ("relu2", new Relu()),
            ("theta", LocalisationNetwork.ThetaRegression(LocalisationUnits, start)),
        ]);
    }

    private Backbone NewBackbone() => Backbones.ByName(BackboneName, classes: 0);
}
