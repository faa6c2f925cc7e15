using Stn.Localisation;
using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <summary>
/// Puts spatial transformers into a network that exists, before any of its named layers. All parameters keep their names, so
/// weights of the network still load; those of the transformer are <c>layer.transformer.…</c>.
/// </summary>
/// <remarks>
/// A transformer whose output has the size of its input fits any layer, and one that begins at the identity leaves the
/// network's output as it was. Where a layer's input goes elsewhere as well, around a residual block for one, the layer alone sees
/// it transformed.
/// </remarks>
public static class SpatialTransformers
{
    /// <summary>The name of a transformer inside the layer that it stands before.</summary>
    public const string Name = "transformer";

    /// <summary>Puts a transformer there whose localisation network suits what reaches the layer, and begins at the identity.</summary>
    /// <param name="network">The network; it owns the transformer from now on.</param>
    /// <param name="layer">The layer's full name, such as <c>layer2</c>.</param>
    /// <param name="image">The shape of the network's own input. It is run once on one such image of zeros, for inference.</param>
    /// <param name="transformation">The family of T_θ.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentException">There is no such layer, and the text lists those that are there; or what reaches it is no feature map.</exception>
    public static SpatialTransformer Before(Module network, string layer, FeatureMap image, Transformation transformation) =>
        Before(network, layer, image, map => new SpatialTransformer(
            LocalisationNetwork.Suiting(map, transformation), transformation));

    /// <summary>Puts a transformer there that is made for what reaches the layer.</summary>
    /// <param name="network">The network; it owns the transformer from now on.</param>
    /// <param name="layer">The layer's full name, such as <c>layer2</c>.</param>
    /// <param name="image">The shape of the network's own input. It is run once on one such image of zeros, for inference.</param>
    /// <param name="make">Makes the transformer from the shape of the layer's input.</param>
    /// <param name="name">The transformer's name inside the layer.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentException">There is no such layer, and the text lists those that are there; or what reaches it is no feature map.</exception>
    public static SpatialTransformer Before(
        Module network, string layer, FeatureMap image, Func<FeatureMap, SpatialTransformer> make, string name = Name)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(make);
        var transformer = make(InputOf(network, layer, image));
        try
        {
            Before(network, layer, transformer, name);
        }
        catch
        {
            transformer.Dispose();
            throw;
        }

        return transformer;
    }

    /// <summary>Puts a given transformer there.</summary>
    /// <param name="network">The network; it owns the transformer from now on.</param>
    /// <param name="layer">The layer's full name, such as <c>layer2</c>.</param>
    /// <param name="transformer">Its localisation network must suit what reaches the layer.</param>
    /// <param name="name">The transformer's name inside the layer.</param>
    /// <exception cref="ArgumentException">There is no such layer, and the text lists those that are there; or it has a part of this name.</exception>
    public static void Before(Module network, string layer, SpatialTransformer transformer, string name = Name) =>
        network.InsertBefore(layer, transformer, name);

    /// <summary>The shape of what reaches a layer.</summary>
    /// <param name="network">The network; it is run once on one image of zeros, for inference.</param>
    /// <param name="layer">The layer's full name.</param>
    /// <param name="image">The shape of the network's own input.</param>
    /// <exception cref="ArgumentException">There is no such layer, and the text lists those that are there; or what reaches it is no feature map.</exception>
    public static FeatureMap InputOf(Module network, string layer, FeatureMap image)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var zeros = Zeros(network, image);
        return network.InputShapeOf(layer, zeros) is [_, var channels, var height, var width]
            ? new FeatureMap((int)channels, (int)height, (int)width)
            : throw new ArgumentException($"what reaches the layer {layer} is no feature map (N, C, H, W): a spatial transformer does not fit there", nameof(layer));
    }

    private static Tensor Zeros(Module network, FeatureMap image)
    {
        long[] shape = [1, image.Channels, image.Size.Height, image.Size.Width];
        var first = network.Parameters().Select(p => p.Parameter.Value).FirstOrDefault();
        if (first is null)
            return Tensor.Zeros(shape);

        using var zeros = Tensor.Zeros(shape, first.Type);
        return zeros.To(first.Device);
    }
}
