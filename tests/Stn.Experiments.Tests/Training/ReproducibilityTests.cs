using Stn.Data.Batches;
using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Training;

public sealed class ReproducibilityTests : TensorTest
{
    private static readonly double[] FirstLosses =
        [2.293175, 2.314808, 2.410222, 2.320619, 2.338851, 2.334401, 2.280858, 2.242736, 2.341985, 2.283290];

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        using var first = new Trial();
        using var second = new Trial();
        using var other = new Trial();
        first.Train(Trial.Config("epochs=1"));
        TorchRuntime.Seed(12345); // what happened before a run does not matter
        second.Train(Trial.Config("epochs=1"));
        other.Train(Trial.Config("epochs=1", "seed=2"));
        Assert.Equal(File.ReadAllBytes(first.Weights), File.ReadAllBytes(second.Weights));
        Assert.Equal(first.TimelessMetrics(), second.TimelessMetrics());
        Assert.NotEqual(File.ReadAllBytes(first.Weights), File.ReadAllBytes(other.Weights));
    }

    [Fact]
    public void The_number_of_data_threads_does_not_change_what_is_learned_from()
    {
        var config = Trial.Config();
        var plan = BatchPlan.Training(config.Batch, config.Seed);
        Assert.Equal(Pixels(config, plan), Pixels(config, plan with { Threads = 3, Ahead = 2 }));
    }

    [Fact]
    public void The_first_ten_losses_are_what_they_were()
    {
        using var trial = new Trial();
        var watcher = new Watcher();
        trial.Train(Trial.Config("log_every=1", "optimiser=sgd", "schedule=constant", "rate=0.05", "momentum=0.9", "localisation_rate=0.1", "weight_decay=0", "label_smoothing=0"), 10, watcher);
        AssertClose.Values<double>(FirstLosses, watcher.Steps.Select(s => s.Loss).ToArray(), new Tolerance(1e-3, 0));
    }

    [Fact]
    public void A_small_transformer_network_learns_glyphs()
    {
        using var trial = new Trial();
        var outcome = trial.Train(Trial.Config("epochs=40", "rate=4e-3", "log_every=20"));
        Assert.InRange(outcome.Error, 0, 45); // chance: 90
    }

    [Fact]
    public void Seeds_differ_by_purpose_and_by_step()
    {
        ulong[] seeds = [Seeds.OfWeights(1), Seeds.OfWeights(2), Seeds.OfStep(1, 0), Seeds.OfStep(1, 1), Seeds.OfStep(1, 1L << 32), Seeds.OfStep(2, 0)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    private static float[] Pixels(TrainingConfig config, BatchPlan plan)
    {
        using var batches = new BatchProducer(Trial.Sets(config).Training, plan);
        var pixels = new List<float>();
        for (var i = 0; i < 2 * Trial.StepsPerEpoch; i++)
        {
            batches.TryNext(out var batch);
            pixels.AddRange(batch!.Values);
            batch.Dispose();
        }

        return [.. pixels];
    }
}
