using System.Text.Json.Serialization;

namespace Stn.Experiments.Training;

/// <summary>Everything that decides a run's result, resolved: what config.json holds and <c>--set</c> changes.</summary>
public sealed record TrainingConfig
{
    /// <summary>The experiment's name.</summary>
    public string Experiment { get; init; } = string.Empty;

    /// <summary>The protocol that these settings started from.</summary>
    public string Protocol { get; init; } = string.Empty;

    /// <summary>Weights, order, distortions and dropout follow from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sweeps over the training set.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>If above 0, the run ends after this many steps, within <see cref="Epochs"/>.</summary>
    public long Steps { get; init; }

    /// <summary>Images a step.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>sgd, adam, adamw or muon.</summary>
    public string Optimiser { get; init; } = "adam";

    /// <summary>constant, steps (×0.1 every <see cref="StepEvery"/>, or at <see cref="StepsAt"/>) or one-cycle.</summary>
    public string Schedule { get; init; } = "one-cycle";

    /// <summary>The rate at the start; of one-cycle, its peak.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>The localisation networks' share of the rate.</summary>
    public double LocalisationRate { get; init; } = 1;

    /// <summary>The number of steps between two changes of the schedule "steps".</summary>
    public long StepEvery { get; init; } = 50_000;

    /// <summary>Of the schedule "steps", instead of <see cref="StepEvery"/>: the steps after which the rate changes, separated by commas.</summary>
    public string StepsAt { get; init; } = string.Empty;

    /// <summary>Of one-cycle: the part of the steps that climbs.</summary>
    public double WarmUp { get; init; } = 0.3;

    /// <summary>Of sgd.</summary>
    public double Momentum { get; init; }

    /// <summary>The weight of the L2 penalty; of adamw and muon, the decoupled decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The share of each label that goes to all classes alike while training.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>If above 0, the gradient of each sample's loss with respect to its θ is scaled down to this norm.</summary>
    public double ClipTheta { get; init; }

    /// <summary>The weight of a penalty: the mean over the batch of the squared distance of θ from the identity.</summary>
    public double IdentityPenalty { get; init; }

    /// <summary>If above 0, so many training images are used: for trials. Of made-up numbers there are as many as one likes, of others no more than there are.</summary>
    public int TrainImages { get; init; }

    /// <summary>If above 0, so many test images are used, likewise.</summary>
    public int TestImages { get; init; }

    /// <summary>If above 0, so many training images are held out, and the error is measured on them instead of the test set.</summary>
    public int Validation { get; init; }

    /// <summary>A weights file to start from (.safetensors, or a PyTorch state_dict); what fits by name and shape is taken.</summary>
    public string Init { get; init; } = string.Empty;

    /// <summary>Of an experiment on a standard network: which. Empty for all others.</summary>
    public string Backbone { get; init; } = string.Empty;

    /// <summary>Names, separated by commas, of parts that do not learn: <c>transformer</c>, <c>classifier.conv1</c>.</summary>
    public string Freeze { get; init; } = string.Empty;

    /// <summary>Of an experiment on a user's own pictures: which, and how they become images. Null for all others.</summary>
    public PictureSettings? Pictures { get; init; }

    /// <summary>cpu, cuda or cuda:1.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Steps between two lines of metrics.</summary>
    public int LogEvery { get; init; } = 20;

    /// <summary>The steps named in <see cref="StepsAt"/>.</summary>
    /// <exception cref="ArgumentException">They are no whole numbers in rising order.</exception>
    [JsonIgnore]
    public IReadOnlyList<long> Milestones => Schedules.Milestones(StepsAt);

    /// <summary>The parts named in <see cref="Freeze"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Frozen => Freeze.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
