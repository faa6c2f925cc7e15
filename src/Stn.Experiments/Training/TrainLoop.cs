using System.Diagnostics;
using Stn.Data.Batches;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Experiments.Training;

/// <summary>How a run ended.</summary>
/// <param name="IsComplete">False when it was asked to stop; it can be resumed.</param>
/// <param name="Steps">Steps made.</param>
/// <param name="Error">The error after the last epoch, in percent; NaN before the first has ended.</param>
/// <param name="Seconds">The run's time, all its parts together.</param>
public sealed record TrainingOutcome(bool IsComplete, long Steps, double Error, double Seconds);

/// <summary>The training loop: batches, forward, loss, backward, step, log.</summary>
public static class TrainLoop
{
    /// <summary>Trains from the start, or from where the folder's checkpoint stands.</summary>
    /// <param name="config">The settings; for a resume, those of the folder.</param>
    /// <param name="sets">What is learned from and measured on.</param>
    /// <param name="run">The run's folder.</param>
    /// <param name="progress">Who watches.</param>
    /// <param name="stop">Asked before each step; true saves and leaves.</param>
    /// <param name="film">Notes where the transformers look; null for none.</param>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public static TrainingOutcome Run(
        TrainingConfig config, SampleSets sets, RunFolder run, ITrainingProgress progress, Func<bool> stop, LearningFilm? film = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(stop);
        var device = Device.Parse(config.Device);
        var experiment = ExperimentCatalogue.Find(config);
        var plan = BatchPlan.Training(config.Batch, config.Seed) with { Threads = experiment.Task.DecodesPictures ? Environment.ProcessorCount : 1 };
        var stepsPerEpoch = plan.StepsPerEpoch(sets.Training.Count);
        if (stepsPerEpoch == 0)
            throw new ArgumentException($"{sets.Training.Count} images do not fill one batch of {config.Batch}");
        var total = TotalSteps(config, stepsPerEpoch);
        var isResumed = File.Exists(run.ResumePath);
        var start = isResumed ? Checkpoint.StepOf(run.ResumePath) : 0;
        // Before the network: the first batch is ready when it is.
        using var batches = DataThreads.Start(
            sets.Training, plan with { StartEpoch = (int)(start / stepsPerEpoch), StartStep = (int)(start % stepsPerEpoch) }, device,
            readsFiles: experiment.Task.DecodesPictures);
        // A checkpoint holds all weights: those that the run once started from may be gone.
        using var network = Preparation.Network(
            experiment, isResumed ? config with { Init = string.Empty } : config, progress.Note);
        using var optimiser = Preparation.Optimiser(config, network);
        var schedule = Schedules.Of(config, total);
        var position = isResumed ? Checkpoint.Load(run.ResumePath, network, optimiser) : Position.Start;
        using var steps = new TrainingSteps(config, network, optimiser, progress.Note);
        var manifest = RunManifest.Of(sets.Training, sets.Evaluation, config.Device);
        if (File.Exists(run.ManifestPath))
            manifest = SavePoint.GoOn(run.ManifestPath, manifest, position.Step, progress);
        using var metrics = MetricsLog.Open(run.MetricsPath, position.Step);
        if (position.Step < total)
            manifest.Write(run.ManifestPath);

        var error = MetricsLog.Epochs(run.MetricsPath) is [.., var last] ? last.Error : double.NaN;
        var watch = new CollapseWatch(MetricsLog.Collapses(run.MetricsPath));
        var clock = Stopwatch.StartNew();
        var before = position.Seconds;
        var sinceLine = new Speed();
        progress.Begin(config, position.Step, total);
        film?.Begin(position.Step, total);
        film?.Look(network, position.Step, device);
        if (position.Step >= total)
            progress.Note("the run is complete: nothing is left to do");
        while (position.Step < total)
        {
            if (stop())
            {
                position = position with { Seconds = before + clock.Elapsed.TotalSeconds };
                SavePoint.Save(run, network, optimiser, position, isEpoch: false);
                return new TrainingOutcome(false, position.Step, error, position.Seconds);
            }

            batches.TryNext(out var batch);
            using var taken = batch!;
            var rate = schedule.At(position.Step);
            TorchRuntime.Seed(Seeds.OfStep(config.Seed, position.Step));
            var isLogged = (position.Step + 1) % config.LogEvery == 0 || position.Step + 1 == total;
            var step = steps.Make(taken, rate, isLogged, position.Step);
            position = position.After(step.Loss, step.Wrong, taken.Count);
            film?.Look(network, position.Step, device);
            sinceLine.Add(taken.Count);
            if (isLogged)
            {
                var line = new StepMetrics(
                    position.Step, taken.Epoch + 1, position.LogLossSum / position.LogSteps, rate, sinceLine.ImagesPerSecond(), step.Transformers);
                metrics.Write(line);
                progress.Step(line);
                foreach (var collapse in watch.Look(position.Step, step.Transformers))
                {
                    metrics.Write(collapse);
                    progress.Note($"step {position.Step}: {collapse.Text}");
                }

                position = position.Logged();
            }

            if (position.Step % stepsPerEpoch == 0 || position.Step == total)
            {
                error = Evaluator.Error(network, sets.Evaluation, device);
                position = position with { Seconds = before + clock.Elapsed.TotalSeconds };
                var line = EndOfEpoch(position, taken.Epoch + 1, stepsPerEpoch, error);
                metrics.Write(line);
                progress.Epoch(line);
                position = position.NextEpoch();
                SavePoint.Save(run, network, optimiser, position, isEpoch: true);
            }
        }

        return new TrainingOutcome(true, position.Step, error, position.Seconds);
    }

    /// <summary>The number of steps of a whole run.</summary>
    internal static long TotalSteps(TrainingConfig config, int stepsPerEpoch)
    {
        var all = (long)config.Epochs * stepsPerEpoch;
        return config.Steps > 0 ? Math.Min(config.Steps, all) : all;
    }

    private static EpochMetrics EndOfEpoch(Position position, int epoch, int stepsPerEpoch, double error)
    {
        var steps = (position.Step - 1) % stepsPerEpoch + 1;
        return new EpochMetrics(
            position.Step, epoch, position.LossSum / steps, 100.0 * position.Wrong / position.Images, error, position.Seconds);
    }

    /// <summary>The images since the last line of the log.</summary>
    private sealed class Speed
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private long _images;

        internal void Add(int images) => _images += images;

        internal double ImagesPerSecond()
        {
            var speed = _images / _clock.Elapsed.TotalSeconds;
            _images = 0;
            _clock.Restart();
            return speed;
        }
    }
}
