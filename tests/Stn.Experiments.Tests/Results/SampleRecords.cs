using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Experiments.Tests.Results;

/// <summary>Records of runs that never were, on 1,000 samples.</summary>
internal static class SampleRecords
{
    public static RunRecord Of(string experiment, ulong seed, IReadOnlyList<int> wrong, double minutes = 2, string protocol = Protocols.Fast)
    {
        var config = ExperimentCatalogue.Find(experiment).Config(protocol) with { Seed = seed };
        var data = new DataManifest(1000, "source", $"{experiment.Split('/')[0]}; test", "hash");
        return new RunRecord
        {
            Experiment = experiment,
            Protocol = protocol,
            Seed = seed,
            Error = wrong.Count / 10.0,
            TestSamples = 1000,
            Parameters = 200_000,
            Epochs = 2,
            Steps = 468,
            Samples = 468 * 256,
            Minutes = minutes,
            Command = $"stn train {experiment} --seed {seed} --record",
            Commit = "0123abcd",
            Poses = new PoseSpread(26, 5, 16, 4, 20, 3),
            Manifest = new RunManifest("0.1.0+0123abcd", "1.13.0", ".NET 10", "a processor", 2, 2, "cpu", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), data, data),
            Settings = config,
            Wrong = wrong,
            Log = [new EpochMetrics(234, 1, 0.5, 20, 5, 60), new EpochMetrics(468, 2, 0.1, 4, wrong.Count / 10.0, 60 * minutes)],
        };
    }

    /// <summary>The numbers from one to another, both among them.</summary>
    public static int[] Range(int first, int last) => [.. Enumerable.Range(first, last - first + 1)];
}
