using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Training;

/// <summary>What goes wrong in a run, and what is left of it.</summary>
public sealed class FailureTests : TensorTest
{
    private readonly Trial _trial = new();

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_and_says_where()
    {
        var error = Assert.Throws<TrainingException>(() => _trial.Train(Trial.Config("rate=1e30", "schedule=constant", "optimiser=sgd")));
        Assert.Contains("at step ", error.Message, StringComparison.Ordinal);
        Assert.Contains("epoch 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("rate 1e+30", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_trial.Resume));
    }

    [Fact]
    public void Weights_that_are_not_finite_never_replace_a_checkpoint()
    {
        // The last step of an epoch ruins the weights: no loss has seen them yet.
        var config = Trial.Config("schedule=steps", "step_every=1", "optimiser=sgd", "rate=1");
        _trial.Train(config, stopAfter: Trial.StepsPerEpoch);
        var before = File.ReadAllBytes(_trial.Resume);
        var error = Assert.Throws<TrainingException>(() => _trial.Train(config with { Rate = 1e30, WeightDecay = 1e30, Schedule = "constant" }, stopAfter: 1));
        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_trial.Resume));
        Assert.All(Safetensors.Read(_trial.Weights).Tensors.Values, t => Assert.All(Floats(t), v => Assert.True(float.IsFinite(v))));
    }

    [Fact]
    public void Numbers_that_JSON_lacks_do_not_end_a_run()
    {
        using (var log = MetricsLog.Open(_trial["m.jsonl"], 0))
            log.Write(new StepMetrics(1, 1, 0.5, 0.1, double.PositiveInfinity, [new("transformer", 1, double.NaN, double.NegativeInfinity, 1, null)]));
        var line = Assert.Single(MetricsLog.Steps(_trial["m.jsonl"]));
        Assert.True(double.IsNaN(line.Transformers[0].Scale!.Value));
        Assert.Equal(double.PositiveInfinity, line.ImagesPerSecond);
        Assert.Equal(double.NegativeInfinity, line.Transformers[0].SmallestArea);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_last_one()
    {
        var config = Trial.Config();
        var checkpoints = Path.GetDirectoryName(_trial.Resume)!;
        var aside = _trial["aside"];
        var watcher = new Watcher
        {
            // Writing fails from the middle of the second epoch on, as on a disk that is full or gone.
            AtStep = metrics =>
            {
                if (metrics.Step == 8)
                    Directory.Move(checkpoints, aside);
            },
        };
        var error = Assert.ThrowsAny<IOException>(() => _trial.Train(config, watcher: watcher));
        Assert.Contains(checkpoints, error.Message, StringComparison.Ordinal);
        Directory.Move(aside, checkpoints);
        Assert.Equal("6", Safetensors.Read(_trial.Resume).Metadata["step"]);
        AssertGoesOn(config);
    }

    [Fact]
    public void What_a_killed_write_left_is_swept_away()
    {
        var config = Trial.Config("epochs=2");
        _trial.Train(config, stopAfter: 7);
        File.WriteAllText(_trial.Resume + ".0123abcd.tmp", "half");
        _trial.Train(config);
        Assert.Equal(["model.safetensors", "resume.safetensors"], Directory.GetFiles(Path.GetDirectoryName(_trial.Resume)!).Select(Path.GetFileName).Order());
    }

    public static TheoryData<string[]> Impossible => new(
        ["device=cuda:7"],
        ["freeze=nothing"],
        ["init=/nowhere.pt"],
        ["batch=101"]);

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_run_that_cannot_begin_leaves_nothing_in_the_way_of_the_next(string[] settings)
    {
        Assert.ThrowsAny<Exception>(() => _trial.Train(Trial.Config(settings)));
        Assert.False(Directory.Exists(_trial.Path));
        Assert.True(_trial.Train(Trial.Config("epochs=1")).IsComplete);
    }

    [Fact]
    public void A_batch_larger_than_the_training_set_is_refused_in_words()
    {
        var error = Assert.Throws<ArgumentException>(() => _trial.Train(Trial.Config("batch=101")));
        Assert.Contains("100 images do not fill one batch of 101", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named_with_what_to_do()
    {
        var error = Assert.Throws<TorchException>(() => _trial.Train(Trial.Config("device=cuda:7")));
        Assert.Contains("cuda:7", error.Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _trial.Dispose();
        base.Dispose(disposing);
    }

    private void AssertGoesOn(TrainingConfig config)
    {
        using var whole = new Trial();
        whole.Train(config);
        Assert.True(_trial.Train(config).IsComplete);
        Assert.Equal(File.ReadAllBytes(whole.Weights), File.ReadAllBytes(_trial.Weights));
        Assert.Equal(whole.TimelessMetrics(), _trial.TimelessMetrics());
    }

    private static float[] Floats(HostTensor tensor) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();
}
