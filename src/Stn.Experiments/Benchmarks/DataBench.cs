using System.Diagnostics;
using Stn.Data;
using Stn.Data.Batches;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Networks;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>A network's training on batches that are distorted while it trains, and on batches that were there before.</summary>
/// <param name="Network">Its name.</param>
/// <param name="Canvas">The side of the images.</param>
/// <param name="Batch">The images of a step.</param>
/// <param name="PipelineMs">A step, median, with the data pipeline at work beside it.</param>
/// <param name="PreparedMs">A step on batches that were made before.</param>
/// <param name="ProducerMs">A batch of the pipeline alone.</param>
/// <param name="FirstBatchMs">From the start of a pipeline to its first batch.</param>
/// <param name="NetworkMs">To make the network, meanwhile.</param>
public sealed record DataRow(
    string Network, int Canvas, int Batch, double PipelineMs, double PreparedMs, double ProducerMs, double FirstBatchMs, double NetworkMs)
{
    /// <summary>What the pipeline adds to the wall time of an epoch, in percent.</summary>
    public double AddedPercent => 100 * ((PipelineMs / PreparedMs) - 1);
}

/// <summary><c>stn bench data</c>: what the data pipeline costs an epoch with the optimiser of the <c>fast</c> protocol.</summary>
/// <param name="set">Distorts its images when they are asked for.</param>
/// <param name="batch">The images of a step.</param>
/// <param name="seconds">About how long a network takes.</param>
public sealed class DataBench(ISampleSet set, int batch, double seconds)
{
    private const int Rounds = 9;
    private const ulong Seed = 1;
    private readonly BatchPlan _plan = BatchPlan.Training(batch, Seed);

    /// <summary>Measures a network: stretches of steps with the pipeline and without it, in turn.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The set does not fill a batch.</exception>
    public DataRow Measure(string name)
    {
        TorchRuntime.Seed(Seed);
        var value = DigitNetworks.Of(name, new DigitImages(set.Shape.Plane, set.Shape.Channels));
        var start = Stopwatch.GetTimestamp();
        var network = value.Create();
        var networkMs = Milliseconds(start);
        var config = ExperimentCatalogue.Find($"rts/{name}").Config(Protocols.Fast);
        using var call = new TrainingCall(network, Preparation.Optimiser(config, network), StepData.Rate);
        using var scope = new TensorScope();
        var prepared = Prepared();
        Prepared(call, prepared, _plan.Ahead);
        var steps = Math.Max(2, (int)(seconds / 2 / Rounds / (Prepared(call, prepared, 2) / 1e3)));
        var (with, without, first) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            with.Add(Pipeline(call, steps, first));
            without.Add(Prepared(call, prepared, steps));
        }

        return new DataRow(
            name, set.Shape.Plane.Width, batch, Bursts.Median(with), Bursts.Median(without), ProducerAlone(), Bursts.Median(first), networkMs);
    }

    // The milliseconds of a step, once the pipeline has made as many batches ahead as it may: from then on it makes one for each step.
    private double Pipeline(TrainingCall call, int steps, List<double> firstBatch)
    {
        var start = Stopwatch.GetTimestamp();
        using var producer = DataThreads.Start(set, _plan, Device.Cpu);
        for (var step = -_plan.Ahead; step < steps; step++)
        {
            if (step == 0)
                start = Stopwatch.GetTimestamp();
            producer.TryNext(out var batch);
            using var taken = batch!;
            if (step == -_plan.Ahead)
                firstBatch.Add(Milliseconds(start));
            using var scope = new TensorScope();
            call.Step(Evaluator.Input(taken, Device.Cpu), Tensor.From(taken.Labels, taken.Labels.Length));
        }

        return Milliseconds(start) / steps;
    }

    private static double Prepared(TrainingCall call, List<(Tensor Images, Tensor Labels)> batches, int steps)
    {
        var start = Stopwatch.GetTimestamp();
        for (var step = 0; step < steps; step++)
        {
            var (images, labels) = batches[step % batches.Count];
            call.Step(images, labels);
        }

        return Milliseconds(start) / steps;
    }

    private List<(Tensor Images, Tensor Labels)> Prepared()
    {
        using var producer = DataThreads.Start(set, _plan, Device.Cpu);
        var batches = new List<(Tensor, Tensor)>();
        while (batches.Count < _plan.Ahead && producer.TryNext(out var batch))
        {
            using var taken = batch;
            batches.Add((Tensor.From(taken.Values, taken.Shape.Batch(taken.Count)), Tensor.From(taken.Labels, taken.Labels.Length)));
        }

        return batches;
    }

    private double ProducerAlone()
    {
        const int Batches = 32;
        using var producer = DataThreads.Start(set, _plan, Device.Cpu);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Batches && producer.TryNext(out var batch); i++)
            batch.Dispose();
        return Milliseconds(start) / Batches;
    }

    private static double Milliseconds(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}
