using Stn.Data.Birds;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;

namespace Stn.Experiments.Birds;

/// <summary>
/// Birds (paper, section 4.3, table 3) on Inception-BN, and the same networks small, with a backbone that learns from nothing in minutes.
/// </summary>
/// <remarks>
/// <code>
/// stn train cub/2st-cnn-448 --data CUB_200_2011 --init bn_inception.pth
/// stn train cub/2st-cnn-224 --data CUB_200_2011 --init resnet18.pth --set backbone=resnet18
/// stn train cub-small/2st-cnn-128 --data CUB_200_2011
/// </code>
/// </remarks>
public static class BirdExperiments
{
    /// <summary>The first half of the names of the paper's experiments.</summary>
    public const string Name = "cub";

    /// <summary>The first half of the names of the small ones.</summary>
    public const string SmallName = "cub-small";

    private const int PaperCrop = 224;
    private const int SmallCrop = 64;

    // The paper prints accuracies: 82.3, 83.1, 83.9 and 84.1 %.
    private static readonly (int Windows, int Size, string Row, double Error)[] s_paper =
    [
        (0, 224, "CNN", 17.7),
        (2, 224, "2×ST-CNN", 16.9),
        (2, 448, "2×ST-CNN", 16.1),
        (4, 448, "4×ST-CNN", 15.9),
    ];

    private static readonly IReadOnlyList<(BirdNetwork Network, Experiment Experiment)> s_all =
    [
        .. s_paper.Select(row => Paper(
            new BirdNetwork(row.Windows, row.Size, PaperCrop, "inception-bn", Dropout: 0.7, BirdPictures.AllClasses), new PaperResult(3, row.Row, $"{row.Size} px", row.Error))),
        .. new[] { (0, 64), (2, 128), (4, 128) }.Select(row => Small(
            new BirdNetwork(row.Item1, row.Item2, SmallCrop, "resnet10-narrow", Dropout: 0.3, BirdPictures.AllClasses))),
    ];

    /// <summary>All, in the order of table 3, then the small ones.</summary>
    public static IReadOnlyList<Experiment> All { get; } = [.. s_all.Select(pair => pair.Experiment)];

    /// <summary>An experiment on another backbone than its own.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static Experiment OnBackbone(string name, string backbone)
    {
        var (network, experiment) = s_all.FirstOrDefault(pair => pair.Experiment.Name == name);
        return experiment is null
            ? throw new ArgumentException($"{name} has no backbone to choose; those that have are {string.Join(", ", All.Select(e => e.Name))}")
            : experiment with { Network = (network with { BackboneName = backbone }).Create };
    }

    /// <summary>The network of an experiment, as a value.</summary>
    internal static BirdNetwork NetworkOf(string name) => s_all.First(pair => pair.Experiment.Name == name).Network;

    private static (BirdNetwork Network, Experiment Experiment) Paper(BirdNetwork network, PaperResult paper) => (network, new Experiment
    {
        Name = NameOf(Name, network),
        Summary = SummaryOf(network),
        Task = new BirdTask(Name, network.Size, NeedsAll: true),
        Network = network.Create,
        Paper = paper,
        StartsFromWeights = true,
        Protocols = new Dictionary<string, TrainingConfig>
        {
            // Not tried: ImageNet weights were not at hand.
            [Protocols.Fast] = new() { Backbone = network.BackboneName, Optimiser = "adamw", Schedule = "one-cycle", Rate = 2e-4, LocalisationRate = 0.1, WeightDecay = 0.05, Epochs = 30, Batch = 32 },
            // Appendix A.6. Steps and batch are from memory, momentum is not stated. 5,994 birds are 23 steps an epoch.
            [Protocols.Paper] = new()
            {
                Backbone = network.BackboneName,
                Optimiser = "sgd",
                Schedule = "steps",
                Rate = 0.1,
                StepsAt = "10000,20000,25000",
                WeightDecay = 1e-5,
                LocalisationRate = 1e-4,
                Steps = 30_000,
                Epochs = 1_305,
                Batch = 256,
            },
        },
    });

    private static (BirdNetwork Network, Experiment Experiment) Small(BirdNetwork network) => (network, new Experiment
    {
        Name = NameOf(SmallName, network),
        Summary = SummaryOf(network),
        Task = new BirdTask(SmallName, network.Size, NeedsAll: false),
        Network = network.Create,
        Protocols = new Dictionary<string, TrainingConfig>
        {
            [Protocols.Fast] = new() { Backbone = network.BackboneName, Optimiser = "adamw", Schedule = "one-cycle", Rate = 3e-3, LocalisationRate = 0.3, WeightDecay = 0.05, Epochs = 12, Batch = 32 },
        },
    });

    private static string NameOf(string data, BirdNetwork network) => $"{data}/{Kind(network, "st-cnn", "cnn")}-{network.Size}";

    private static string SummaryOf(BirdNetwork network) =>
        $"{Kind(network, "×ST-CNN", "CNN")} on birds of {network.Size}×{network.Size}, {network.BackboneName}";

    private static string Kind(BirdNetwork network, string many, string none) => network.Windows == 0 ? none : $"{network.Windows}{many}";
}
