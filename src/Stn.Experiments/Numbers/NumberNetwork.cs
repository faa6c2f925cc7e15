using Stn.Data.Numbers;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Numbers;

/// <summary>
/// A network for house numbers as a value (paper, section 4.2 and appendix A.5): conv[48,5,1,2]-max[2]-conv[64,5,1,2]-conv[128,5,1,2]-max[2]-
/// conv[160,5,1,2]-conv[192,5,1,2]-max[2]-conv[192,5,1,2]-conv[192,5,1,2]-max[2]-conv[192,5,1,2]-fc[3072]-fc[3072]-fc[3072], and a
/// classifier of 11 classes for each of five places.
/// </summary>
/// <param name="Kind">Where the transformers are.</param>
/// <param name="Size">H = W of the images: a multiple of 16.</param>
/// <param name="Width">The part of the filters and units that there are: 1 in the paper.</param>
/// <param name="Dropout">The probability everywhere but in the first convolution and the localisation networks: 0.5 in the paper.</param>
public sealed record NumberNetwork(NumberNetworkKind Kind, int Size, double Width = 1, double Dropout = 0.5)
{
    private const int Kernel = 5;
    private const int LocalisationUnits = 32;
    private const int Hidden = 3072;
    private const int HiddenLayers = 3;

    // Filters, and whether the largest of 2×2 follows.
    private static readonly (int Filters, bool Pools)[] s_convolutions =
        [(48, true), (64, false), (128, true), (160, false), (192, true), (192, false), (192, true), (192, false)];

    /// <summary>Makes it with fresh weights, from libtorch's generator; convolutions start normal with variance 2/fan in.</summary>
    public Module Create()
    {
        var network = new Sequential([.. Parts()]);
        StartConvolutions(network);
        return network;
    }

    private IEnumerable<(string Name, Module Part)> Parts()
    {
        var (channels, side) = (3, Size);
        for (var i = 0; i < s_convolutions.Length; i++)
        {
            if (Transformer(i, channels, side) is { } transformer)
                yield return ($"transformer{i + 1}", transformer);
            if (i > 0 && Dropout > 0)
                yield return ($"dropout{i + 1}", new Dropout(Dropout));
            var filters = Scaled(s_convolutions[i].Filters);
            yield return ($"conv{i + 1}", new Conv2d(channels, filters, Kernel, padding: Kernel / 2));
            if (s_convolutions[i].Pools)
            {
                yield return ($"pool{i + 1}", new MaxPool2d(2));
                side /= 2;
            }

            yield return ($"relu{i + 1}", new Relu());
            channels = filters;
        }

        foreach (var part in Head(channels * side * side))
            yield return part;
    }

    private IEnumerable<(string Name, Module Part)> Head(int features)
    {
        yield return ("flatten", new Flatten());
        for (var i = 1; i <= HiddenLayers; i++)
        {
            if (Dropout > 0)
                yield return ($"dropout_fc{i}", new Dropout(Dropout));
            yield return ($"fc{i}", new Linear(features, Scaled(Hidden)));
            yield return ($"relu_fc{i}", new Relu());
            features = Scaled(Hidden);
        }

        if (Dropout > 0)
            yield return ("dropout_out", new Dropout(Dropout));
        yield return ("classifiers", new Linear(features, NumberLabels.Places * NumberLabels.Classes));
        yield return ("places", new Unflatten(NumberLabels.Places, NumberLabels.Classes));
    }

    private SpatialTransformer? Transformer(int before, int channels, int side)
    {
        var affine = new AffineTransformation();
        return Kind switch
        {
            NumberNetworkKind.StCnnSingle when before == 0 => new SpatialTransformer(Convolutional(channels, side, affine), affine),
            NumberNetworkKind.StCnnMulti when before < 4 => new SpatialTransformer(
                LocalisationNetwork.FullyConnected(channels, new Plane(side, side), affine, LocalisationUnits, layers: 2), affine),
            _ => null,
        };
    }

    // conv[32,5,1,2]-max[2]-conv[32,5,1,2]-fc[32]-fc[32]-θ.
    private static Sequential Convolutional(int channels, int side, Transformation transformation)
    {
        const int filters = 32;
        return new Sequential(
            ("conv1", new Conv2d(channels, filters, Kernel, padding: Kernel / 2)),
            ("pool1", new MaxPool2d(2)),
            ("relu1", new Relu()),
            ("conv2", new Conv2d(filters, filters, Kernel, padding: Kernel / 2)),
            ("relu2", new Relu()),
            ("head", LocalisationNetwork.FullyConnected(filters, new Plane(side / 2, side / 2), transformation, LocalisationUnits, layers: 2)));
    }

    private int Scaled(int count) => (int)Math.Round(count * Width);

    // Eight layers without normalisation: PyTorch's own start lets the signal shrink from layer to layer.
    private static void StartConvolutions(Module network)
    {
        using var recording = new NoGrad();
        foreach (var convolution in network.Modules().Select(m => m.Module).OfType<Conv2d>())
        {
            var shape = convolution.Weight.Value.Shape;
            convolution.Weight.Value.SetNormal(0, Math.Sqrt(2.0 / (shape[1] * shape[2] * shape[3])));
            convolution.Bias!.Value.SetZero();
        }
    }
}
