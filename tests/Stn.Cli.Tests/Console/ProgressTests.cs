using Stn.Cli.Console;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Cli.Tests.Console;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(10, 0, 0, 100, "–")]
    [InlineData(10, 40, 40, 100, "–")]
    [InlineData(10, 0, 10, 100, "0:01:30")]
    [InlineData(10, 40, 50, 100, "0:00:50")]
    [InlineData(10, 0, 100, 100, "0:00:00")]
    [InlineData(3600, 0, 1, 101, "100:00:00")]
    public void Time_left_is_told_at_the_pace_so_far(int seconds, long first, long step, long total, string expected) =>
        Assert.Equal(expected, TimeLeft.Of(TimeSpan.FromSeconds(seconds), first, step, total));

    [Fact]
    public void Plain_lines_tell_the_start_the_epochs_and_notes()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var progress = new PlainProgress(output);
        var config = new TrainingConfig { Experiment = "rts/cnn", Protocol = "fast", Seed = 7, Batch = 16 };
        progress.Begin(config, 0, 60);
        progress.Begin(config, 12, 60);
        progress.Step(new StepMetrics(13, 1, 2, 1e-3, 100, [])); // sooner than ten seconds: no line
        progress.Epoch(new EpochMetrics(18, 3, 0.51234, 12.5, 7.25, 61.7));
        progress.Note("something");
        Assert.Equal(
            """
            rts/cnn: fast protocol, seed 7, 60 steps of 16 images on cpu
            rts/cnn: fast protocol, seed 7, 60 steps of 16 images on cpu, going on at step 12
              epoch 3: loss 0.5123, training error 12.50 %, test error 7.25 %, 62 s
              something

            """,
            output.ToString());
    }
}
