using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Training;

public sealed class ResumeTests : TensorTest
{
    public static TheoryData<string[]> Optimisers => new(
        ["optimiser=adam", "schedule=one-cycle"],
        ["optimiser=sgd", "schedule=steps", "step_every=7", "momentum=0.9", "weight_decay=1e-3"]);

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void A_run_that_stopped_anywhere_ends_with_the_same_bits(string[] settings)
    {
        var config = Trial.Config(settings);
        using var whole = new Trial();
        Assert.True(whole.Train(config).IsComplete);
        AssertSameAfterStops(whole, config, 9); // in the middle of an epoch and between two log lines
        AssertSameAfterStops(whole, config, 2 * Trial.StepsPerEpoch); // at the end of an epoch
        AssertSameAfterStops(whole, config, 3, 2, 1, 9, 8); // often: steps 3, 5, 6, 15, 23
    }

    [Fact]
    public void Two_threads_give_the_same_bits_again_too()
    {
        var config = Trial.Config("epochs=1");
        using var whole = new Trial();
        using var stopped = new Trial();
        whole.Train(config, threads: 2);
        stopped.Train(config, stopAfter: 3, threads: 2);
        stopped.Train(config, threads: 2);
        AssertSame(whole, stopped);
    }

    [Fact]
    public void A_run_that_stopped_before_its_first_step_can_go_on()
    {
        var config = Trial.Config("epochs=1");
        using var whole = new Trial();
        using var stopped = new Trial();
        whole.Train(config);
        var outcome = stopped.Train(config, stopAfter: 0);
        Assert.Equal((false, 0), (outcome.IsComplete, outcome.Steps));
        Assert.True(double.IsNaN(outcome.Error));
        stopped.Train(config);
        AssertSame(whole, stopped);
    }

    [Fact]
    public void A_limit_of_steps_ends_within_an_epoch_and_resumes_too()
    {
        var config = Trial.Config("steps=15");
        using var whole = new Trial();
        using var stopped = new Trial();
        Assert.Equal(15, whole.Train(config).Steps);
        stopped.Train(config, stopAfter: 13);
        Assert.Equal(15, stopped.Train(config).Steps);
        AssertSame(whole, stopped);
    }

    [Fact]
    public void A_finished_run_gives_its_result_again_and_changes_nothing()
    {
        var config = Trial.Config("epochs=2");
        using var trial = new Trial();
        var first = trial.Train(config);
        var (weights, metrics) = (File.ReadAllBytes(trial.Weights), File.ReadAllText(trial.Metrics));
        var watcher = new Watcher();
        var again = trial.Train(config, watcher: watcher);
        Assert.Equal(first, again);
        Assert.Equal([12], watcher.Begun);
        Assert.Equal(weights, File.ReadAllBytes(trial.Weights));
        Assert.Equal(metrics, File.ReadAllText(trial.Metrics));
    }

    [Fact]
    public void A_kill_between_the_two_files_of_an_epoch_does_not_leave_old_weights()
    {
        var config = Trial.Config("epochs=2");
        using var trial = new Trial();
        trial.Train(config, stopAfter: 11);
        var old = File.ReadAllBytes(trial.Weights);
        trial.Train(config);
        Assert.NotEqual(old, File.ReadAllBytes(trial.Weights));
        Assert.True(
            File.GetLastWriteTimeUtc(trial.Weights) <= File.GetLastWriteTimeUtc(trial.Resume),
            "a finished checkpoint must not appear before the weights that belong to it");
    }

    [Fact]
    public void Weights_to_start_from_are_needed_only_at_the_start()
    {
        using var trial = new Trial();
        using var other = new Trial();
        other.Train(Trial.Config("epochs=1"));
        var config = Trial.Config("epochs=2", $"init={other.Weights}");
        trial.Train(config, stopAfter: 3);
        File.Delete(other.Weights);
        Assert.True(trial.Train(config).IsComplete);
    }

    private static void AssertSameAfterStops(Trial whole, TrainingConfig config, params int[] parts)
    {
        using var trial = new Trial();
        foreach (var steps in parts)
            Assert.False(trial.Train(config, stopAfter: steps).IsComplete);
        var watcher = new Watcher();
        Assert.True(trial.Train(config, watcher: watcher).IsComplete);
        Assert.Equal([parts.Sum()], watcher.Begun);
        AssertSame(whole, trial);
    }

    private static void AssertSame(Trial expected, Trial actual)
    {
        Assert.Equal(File.ReadAllBytes(expected.Weights), File.ReadAllBytes(actual.Weights));
        Assert.Equal(expected.TimelessMetrics(), actual.TimelessMetrics());
        var (left, right) = (Safetensors.Read(expected.Resume), Safetensors.Read(actual.Resume));
        Assert.Equal(left.Tensors.Keys, right.Tensors.Keys);
        Assert.All(left.Tensors, entry => Assert.Equal(entry.Value.Data, right.Tensors[entry.Key].Data));
        Assert.Equal(left.Metadata.Where(m => m.Key != "seconds"), right.Metadata.Where(m => m.Key != "seconds"));
    }
}
