using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.Runs;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => _folder["metrics.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        Write(0, 4, 8);
        Assert.Equal([4, 8], MetricsLog.Steps(Log).Select(s => s.Step));
        Assert.Equal([0.25, 0.25], MetricsLog.Steps(Log).Select(s => s.Loss));
        Assert.Empty(MetricsLog.Epochs(Log));
        Assert.All(File.ReadLines(Log), line => Assert.Contains("\"kind\":\"step\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_after_the_checkpoint_go_when_a_run_goes_on()
    {
        Write(0, 4, 8, 12);
        Write(8, 12);
        Assert.Equal([4, 8, 12], MetricsLog.Steps(Log).Select(s => s.Step));
    }

    [Theory]
    [InlineData("{\"step\":8,\"epo")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\0\0\0")]
    [InlineData("{\"step\":\"8\"}")]
    public void Half_a_line_at_the_end_is_survived(string half)
    {
        Write(0, 4);
        File.AppendAllText(Log, half);
        Assert.Equal([4], MetricsLog.Steps(Log).Select(s => s.Step));
        Write(4, 8);
        Assert.Equal([4, 8], MetricsLog.Steps(Log).Select(s => s.Step));
        Assert.Equal(2, File.ReadLines(Log).Count());
    }

    [Fact]
    public void Every_line_is_in_the_file_at_once()
    {
        using var log = MetricsLog.Open(Log, 0);
        log.Write(Line(1));
        Assert.Single(MetricsLog.Steps(Log));
    }

    [Theory]
    [InlineData(true, 1, 2, 3)]
    [InlineData(false, 1, 3)]
    [InlineData(false, 1, 2)]
    [InlineData(false, 1, 2, 2)]
    [InlineData(false, 1, 1, 3)]
    [InlineData(false)]
    public void Of_a_whole_run_every_epoch_is_there_once(bool isWhole, params int[] epochs) =>
        Assert.Equal(isWhole, MetricsLog.IsWhole([.. epochs.Select(epoch => new EpochMetrics(10 * epoch, epoch, 1, 1, 1, 1))], new TrainingConfig { Epochs = 3 }));

    [Fact]
    public void A_run_may_end_at_its_last_step_before_its_last_epoch() =>
        Assert.True(MetricsLog.IsWhole([new EpochMetrics(10, 1, 1, 1, 1, 1), new EpochMetrics(15, 2, 1, 1, 1, 1)], new TrainingConfig { Epochs = 3, Steps = 15 }));

    private void Write(long position, params long[] steps)
    {
        using var log = MetricsLog.Open(Log, position);
        foreach (var step in steps)
            log.Write(Line(step));
    }

    private static StepMetrics Line(long step) => new(step, 1, 0.25, 1e-3, 100, []);
}
