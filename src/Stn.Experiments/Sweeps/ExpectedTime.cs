using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using Stn.Experiments.Training;

namespace Stn.Experiments.Sweeps;

/// <summary>How long a run takes, from recorded ones like it.</summary>
internal static class ExpectedTime
{
    /// <summary>
    /// In minutes: the mean of the same experiment's, or else of the same network's on other data, in proportion to the pixels,
    /// or else of the same data's with other networks, each by its minutes an epoch; null where there is none of these. Only the same protocol and
    /// device count.
    /// </summary>
    internal static double? Of(TrainingConfig config, IReadOnlyList<RunRecord> records)
    {
        // Of an experiment that is no longer there the pixels are not known.
        var known = ExperimentCatalogue.All.Select(e => e.Name).ToHashSet();
        var alike = records.Where(r => known.Contains(r.Experiment) && r.Protocol == config.Protocol && r.Settings.Device == config.Device).ToList();
        var (data, network) = Parts(config.Experiment);
        return config.Epochs * (Mean(alike.Where(r => r.Experiment == config.Experiment).Select(AnEpoch))
            ?? Mean(alike.Where(r => Parts(r.Experiment).Network == network).Select(r => AnEpoch(r) * Pixels(config.Experiment) / Pixels(r.Experiment)))
            ?? Mean(alike.Where(r => Parts(r.Experiment).Data == data).Select(AnEpoch)));
    }

    // A protocol that has changed since the record may be longer or shorter now.
    private static double AnEpoch(RunRecord record) => record.Minutes / record.Epochs;

    private static double? Mean(IEnumerable<double> minutes)
    {
        double[] all = [.. minutes];
        return all.Length == 0 ? null : all.Average();
    }

    private static (string Data, string Network) Parts(string experiment) => experiment.Split('/') is [var data, var network] ? (data, network) : (experiment, string.Empty);

    private static double Pixels(string experiment) => ExperimentCatalogue.Find(experiment).Task.Shape.Length;
}
