using Stn.Experiments.Networks;
using Stn.Experiments.Training;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Models;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Folders;

/// <summary>The networks for a user's own pictures: the paper's, sized for the images, and ResNet-18, alone and behind an affine transformer.</summary>
internal static class FolderNetworks
{
    private const string Standard = "resnet18";
    private const string TransformedStandard = "st-resnet18-aff";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. DigitNetworks.Kinds.Where(k => k.IsConvolutional && !k.IsAnotherReading).Select(k => k.Name),
        Standard,
        TransformedStandard,
    ];

    /// <summary>Makes one with fresh weights.</summary>
    public static Module Create(string name, PictureSettings settings) => name switch
    {
        Standard => OnStandard(settings, []),
        TransformedStandard => OnStandard(settings, [("transformer", Transformer(settings))]),
        _ => DigitNetworks.Of(name, new DigitImages(PlaneOf(settings), settings.Channels, settings.Classes.Count)).Create(),
    };

    /// <summary>The localisation network's share of the rate: a standard network changes slowly, and its transformer must not run ahead of it.</summary>
    public static double LocalisationRate(string name) => name == TransformedStandard ? 0.1 : 1;

    // The transformer sees the picture itself, so that black is what lies beside it.
    private static Sequential OnStandard(PictureSettings settings, (string Name, Module Part)[] first) => new(
    [
        .. first,
        ("normalise", Backbones.InputOf(Standard, settings.Channels)),
        ("backbone", Backbones.ByName(Standard, settings.Classes.Count, settings.Channels)),
    ]);

    private static SpatialTransformer Transformer(PictureSettings settings)
    {
        var affine = new AffineTransformation();
        return new SpatialTransformer(LocalisationNetwork.Convolutional(settings.Channels, PlaneOf(settings), affine), affine);
    }

    private static Plane PlaneOf(PictureSettings settings) => new(settings.Size, settings.Size);
}
