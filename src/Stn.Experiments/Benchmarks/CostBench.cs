using System.Diagnostics;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Numbers;
using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>A network's training step beside that of the first network of the same data: what its transformers cost.</summary>
/// <param name="Experiment">The network's experiment.</param>
/// <param name="Batch">The images of a step.</param>
/// <param name="StepMs">Milliseconds a step, the median.</param>
/// <param name="Cost">How much more time that is than the first network's step takes, in percent; null for the first itself.</param>
/// <param name="Parameters">The numbers that it learns.</param>
public sealed record CostRow(string Experiment, int Batch, double StepMs, double? Cost, long Parameters)
{
    /// <summary>Images a second.</summary>
    public double ImagesPerSecond => 1e3 * Batch / StepMs;
}

/// <summary>The rows of <c>stn bench step --only svhn64</c> and what they were measured with.</summary>
/// <param name="Rows">In the catalogue's order.</param>
/// <param name="Version">Ours.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Threads">The threads of one operator.</param>
/// <param name="Written">When, in UTC.</param>
public sealed record CostReport(IReadOnlyList<CostRow> Rows, string Version, string Libtorch, string Processor, int Threads, DateTime Written)
{
    /// <summary>As a Markdown table.</summary>
    public string Markdown() => string.Join('\n', [
        "| experiment | batch | a step | **more than the first** | images/s | parameters |",
        "|---|---:|---:|---:|---:|---:|",
        .. Rows.Select(row => FormattableString.Invariant(
            $"| `{row.Experiment}` | {row.Batch} | {row.StepMs:f0} ms | {(row.Cost is { } cost ? FormattableString.Invariant($"**{cost:f1} %**") : "–")} | {row.ImagesPerSecond:f1} | {row.Parameters:#,0} |")),
    ]) + "\n";
}

/// <summary>Times the training steps of experiments on the same data, in turn, on noise: forward, loss, backward, Adam.</summary>
public static class CostBench
{
    private const int Batches = 2;

    /// <summary>The data sets that this is for: house numbers.</summary>
    public static IReadOnlyList<string> DataSets { get; } = [.. NumberExperiments.All.Select(e => e.Task.Name).Distinct()];

    /// <summary>Measures all experiments of a data set.</summary>
    /// <param name="data">The first half of their names: <c>svhn64</c>.</param>
    /// <param name="batch">The images of a step.</param>
    /// <param name="seconds">About how long it takes.</param>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static IReadOnlyList<CostRow> Measure(string data, int batch, double seconds)
    {
        Experiment[] experiments = [.. ExperimentCatalogue.All.Where(e => e.Task.Name == data)];
        return experiments.Length > 0 ? Measure(experiments, batch, seconds) : throw new ArgumentException($"there is no data set '{data}'", nameof(data));
    }

    private static IReadOnlyList<CostRow> Measure(Experiment[] experiments, int batch, double seconds)
    {
        using var images = Noise(experiments[0].Task, batch * Batches);
        using var labels = Labels(experiments[0], batch * Batches);
        var calls = experiments.Select(New).ToArray();
        try
        {
            var counts = calls.Select(call => call.Parameters).ToArray();
            var times = Bursts.Medians(seconds, [.. calls.Select(call => Timed(call, images, labels, batch))]);
            return [.. experiments.Select((e, i) => new CostRow(e.Name, batch, 1e3 * times[i], i == 0 ? null : 100 * ((times[i] / times[0]) - 1), counts[i]))];
        }
        finally
        {
            foreach (var call in calls)
                call.Dispose();
        }
    }

    // Transformers begin away from the identity, where every sample would lie on a pixel.
    private static TrainingCall New(Experiment experiment)
    {
        TorchRuntime.Seed(StepData.Seed);
        var network = experiment.Network();
        StepData.LeaveIdentity(network);
        return new TrainingCall(network, StepData.Rate);
    }

    private static Func<int, double> Timed(TrainingCall call, Tensor images, Tensor labels, int batch) => calls =>
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            using var scope = new TensorScope();
            var perImage = labels.Size(0) / images.Size(0);
            call.Step(images.Narrow(0, (long)(i % Batches) * batch, batch), labels.Narrow(0, (i % Batches) * batch * perImage, batch * perImage));
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    };

    private static Tensor Noise(IExperimentTask task, int count) => Tensor.RandomUniform(task.Shape.Batch(count));

    // As many labels a sample as the network answers.
    private static Tensor Labels(Experiment experiment, int count)
    {
        using var network = experiment.Network();
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var logits = network.Forward(Tensor.Zeros(experiment.Task.Shape.Batch(1)), Pass.Inference);
        var labels = logits.Dimensions == 2 ? count : count * logits.Size(1);
        return scope.Keep(Tensor.From(Enumerable.Range(0, (int)labels).Select(i => (long)(i * 7 % experiment.Task.Classes)).ToArray(), labels));
    }
}
