using Stn.Data.Numbers;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;

namespace Stn.Experiments.Numbers;

/// <summary>
/// House numbers (paper, section 4.2, table 2), and synthetic ones of MNIST digits in the same form, with a quarter of the filters and units
/// and without dropout: composed afresh in each epoch, they cannot be learned by heart.
/// </summary>
/// <remarks>
/// <code>
/// stn train svhn64/st-cnn-multi        (with SVHN at hand: stn data svhn)
/// stn train numbers64/st-cnn-single
/// </code>
/// </remarks>
public static class NumberExperiments
{
    private const double SyntheticWidth = 0.25;

    private static readonly (NumberNetworkKind Kind, string Name, string Row, double Tight, double Loose)[] s_networks =
    [
        (NumberNetworkKind.Cnn, "cnn", "CNN", 4.0, 5.6),
        (NumberNetworkKind.StCnnSingle, "st-cnn-single", "ST-CNN Single", 3.7, 3.9),
        (NumberNetworkKind.StCnnMulti, "st-cnn-multi", "ST-CNN Multi", 3.6, 3.9),
    ];

    /// <summary>All: SVHN in both crops, then the synthetic numbers.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        .. from crop in new[] { NumberCrop.Tight, NumberCrop.Loose }
           from network in s_networks
           select Svhn(crop, network.Kind, network.Name, new PaperResult(2, network.Row, $"{crop.Size} px", crop.Size == 64 ? network.Tight : network.Loose)),
        .. from size in new[] { 64, 128 }
           from network in s_networks
           select Synthetic(size, network.Kind, network.Name),
    ];

    private static Experiment Svhn(NumberCrop crop, NumberNetworkKind kind, string name, PaperResult paper) => new()
    {
        Name = $"svhn{crop.Size}/{name}",
        Summary = $"{paper.Row} on house numbers, {crop.Size}×{crop.Size}",
        Task = NumberTask.Svhn(crop),
        Network = new NumberNetwork(kind, crop.Size).Create,
        Paper = paper,
        Protocols = new Dictionary<string, TrainingConfig>
        {
            [Protocols.Fast] = new() { Optimiser = "adam", Schedule = "one-cycle", Rate = 5e-4, LocalisationRate = 0.1, Epochs = 10, Batch = 64 },
            // Appendix A.5; momentum is not stated. 235,755 pictures less 5,000 are 1,802 steps an epoch.
            [Protocols.Paper] = new()
            {
                Optimiser = "sgd",
                Schedule = "steps",
                Rate = 0.01,
                StepEvery = 80_000,
                WeightDecay = 5e-4,
                LocalisationRate = 0.1,
                Steps = 400_000,
                Epochs = 223,
                Batch = 128,
            },
        },
    };

    private static Experiment Synthetic(int size, NumberNetworkKind kind, string name) => new()
    {
        Name = $"numbers{size}/{name}",
        Summary = $"{name} on synthetic numbers, {size}×{size}, a quarter of the filters",
        Task = NumberTask.Composed(size),
        Network = new NumberNetwork(kind, size, SyntheticWidth, Dropout: 0).Create,
        Protocols = new Dictionary<string, TrainingConfig>
        {
            [Protocols.Fast] = new() { Optimiser = "adam", Schedule = "one-cycle", Rate = 1e-3, LocalisationRate = 0.1, Epochs = 15, Batch = 64 },
        },
    };
}
