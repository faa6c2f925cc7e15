using Stn.Data.Batches;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Training;

public sealed class ReplayedStepsTests : TensorTest
{
    private static readonly double[] Rates = [0.05, 0.05, 0.05, 0.005, 0.005];
    private static readonly string[] Recordable = ["optimiser=sgd", "momentum=0.9", "schedule=steps", "clip_theta=0.01", "label_smoothing=0.2"];

    [Theory]
    [InlineData("rts/st-cnn-tps")]
    [InlineData("r/fcn")]
    public void Replayed_steps_are_those_made_one_by_one(string experiment)
    {
        var config = Trial.Of(experiment, Recordable);
        var (made, madeWeights, madeCount, _) = Train(config, replayed: false);
        var (replayed, replayedWeights, replayedCount, recorded) = Train(config, replayed: true);
        Assert.Equal(made, replayed);
        Assert.Equal(madeWeights, replayedWeights);
        Assert.Equal(2, recorded); // once for each rate
        // A recording counts its step when it is made. This one counts whenever it runs: what is left are the steps that were only replayed.
        Assert.Equal(Rates.Length, madeCount);
        Assert.Equal(Rates.Length - recorded, replayedCount - Rates.Length);
    }

    [Theory]
    [InlineData("r/fcn", true)]
    [InlineData("r/fcn", false, "optimiser=adam")] // its steps depend on their number
    [InlineData("r/fcn", false, "schedule=one-cycle")]
    [InlineData("r/st-fcn-aff", false, "identity_penalty=0.1")]
    [InlineData("svhn64/cnn", false)] // dropout
    public void What_changes_from_step_to_step_is_not_recorded(string experiment, bool suits, params string[] settings)
    {
        var config = Trial.Of(experiment, [.. Recordable, .. settings]);
        using var network = ExperimentCatalogue.Find(experiment).Network();
        Assert.Equal(suits, ReplayedSteps.Suits(config, network));
    }

    [Fact]
    public void Without_cuda_there_is_nothing_to_record_on()
    {
        if (TorchRuntime.CudaDevices > 0)
            return;
        using var graph = new CudaGraph();
        Assert.Contains("CUDA", Assert.Throws<TorchException>(() => graph.Record(() => { })).Message);
        Assert.Throws<InvalidOperationException>(graph.Replay);
        Assert.Throws<TorchException>(() => CudaGraph.UseOwnStream(Device.Cuda()));
    }

    private static (TrainingStep[] Steps, byte[] Weights, long Count, int Recorded) Train(TrainingConfig config, bool replayed)
    {
        TorchRuntime.Threads = 1;
        using var network = Preparation.Network(ExperimentCatalogue.Find(config), config, _ => { });
        using var optimiser = Preparation.Optimiser(config, network);
        using var recording = new Repetition();
        using var replays = new ReplayedSteps(config, network, optimiser, recording);
        using var batches = new BatchProducer(Trial.Sets(config).Training, BatchPlan.Training(config.Batch, config.Seed));
        var steps = new List<TrainingStep>();
        foreach (var rate in Rates)
        {
            batches.TryNext(out var batch);
            using var taken = batch!;
            steps.Add(replayed
                ? replays.Make(taken, rate)
                : TrainingStep.Make(config, network, optimiser, taken, Device.Cpu, rate, isLogged: false, steps.Count));
        }

        return ([.. steps.Select(step => step with { Transformers = Array.Empty<TransformerMetrics>() })],
            [.. network.State().Values.SelectMany(value => value.Data.ToArray())], optimiser.StepCount, recording.Recorded);
    }

    /// <summary>A recording for the processor: the work itself, done when it is replayed.</summary>
    private sealed class Repetition : IRecording
    {
        private Action _work = () => throw new InvalidOperationException("nothing was recorded");

        internal int Recorded { get; private set; }

        public void Record(Action work)
        {
            Recorded++;
            _work = work;
        }

        public void Replay() => _work();

        public void Dispose()
        {
        }
    }
}
