using Stn.Data;
using Stn.Experiments.Networks;
using Stn.Experiments.Training;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Catalogue;

/// <summary>
/// Digits in space (paper, appendix A.3, figure 5): extruded, turned about three axes, anywhere in 60×60×60; the volume is summed along its
/// depth and what remains, an image, is classified by the CNN of table 1 behind a pooling by 2. The paper gives no number.
/// </summary>
/// <remarks>
/// The network without a transformer projects the volume as it is, and its convolutions are as much wider as the localisation network costs.
/// <code>
/// stn train 3d/st-cnn
/// stn train 3d/cnn
/// </code>
/// </remarks>
public static class VolumeExperiments
{
    private const int Filters = 64;
    private static readonly VolumeTask Task = new();
    private static readonly Plane Seen = new(Task.Shape.Plane.Height / 2, Task.Shape.Plane.Width / 2);

    /// <summary>A step sees 32 volumes of 0.9 MB each; the rate is that of the other experiments' batch of 256 in proportion.</summary>
    private static readonly IReadOnlyDictionary<string, TrainingConfig> VolumeProtocols = new Dictionary<string, TrainingConfig>
    {
        [Protocols.Fast] = new() { Optimiser = "adam", Schedule = "one-cycle", Rate = 1e-3, LocalisationRate = 1, Batch = 32, Epochs = 6 },
    };

    /// <summary>The projection of the volume as it is, and the CNN.</summary>
    public static Experiment Cnn { get; } = new()
    {
        Name = "3d/cnn",
        Summary = "the volume summed along its depth, CNN",
        Task = Task,
        Network = () => new Sequential([.. Classifier(PlainFilters())]),
        Protocols = VolumeProtocols,
    };

    /// <summary>A three-dimensional affine transformer, trilinear, its projection, and the CNN.</summary>
    public static Experiment StCnn { get; } = new()
    {
        Name = "3d/st-cnn",
        Summary = "three-dimensional affine spatial transformer, summed along depth, CNN",
        Task = Task,
        Network = () => Behind(Transformer()),
        Protocols = VolumeProtocols,
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<Experiment> All { get; } = [Cnn, StCnn];

    /// <summary>The network of <see cref="StCnn"/> with another module in its transformer's place.</summary>
    internal static Module Behind(Module transformer) => new Sequential([("transformer", transformer), .. Classifier(Filters)]);

    /// <summary>The localisation network of <see cref="StCnn"/>.</summary>
    internal static Module Localisation() => LocalisationNetwork.Convolutional(1, Task.Shape.Volume, new AffineTransformation3D());

    private static SpatialTransformer3D Transformer() => new(Localisation(), new AffineTransformation3D());

    private static IEnumerable<(string Name, Module Part)> Classifier(int filters) =>
    [
        ("projection", new DepthProjection()),
        ("pool", new AvgPool2d(2)),
        ("classifier", DigitClassifiers.Cnn(1, Seen, DigitTask.Classes, filters, filters)),
    ];

    // As many filters as come nearest to the parameters of the network with a transformer.
    private static int PlainFilters()
    {
        using var transformer = Transformer();
        var budget = Count(Filters) + transformer.CountLearned();
        return Enumerable.Range(Filters, Filters).MinBy(filters => Math.Abs(Count(filters) - budget));
    }

    private static long Count(int filters) => DigitClassifiers.CnnSizes(1, Seen, DigitTask.Classes, filters, filters).Sum(layer => layer.Parameters);

    private sealed class VolumeTask : IExperimentTask
    {
        public string Name => "3d";

        public string Title => "extruded, turned ±45° about three axes, anywhere in 60×60×60";

        public SampleShape Shape => VolumeSet.Space;

        public int Classes => DigitTask.Classes;

        public SampleSets Sets(DataSources sources, TrainingConfig config)
        {
            var (training, evaluation, isTest) = DigitParts.Of(sources.Mnist, config);
            return new SampleSets(VolumeSet.Training(training, config.Seed), isTest ? VolumeSet.Test(evaluation) : VolumeSet.Validation(evaluation));
        }
    }
}
