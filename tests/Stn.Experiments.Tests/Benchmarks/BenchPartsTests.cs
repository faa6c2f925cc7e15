using Stn.Data;
using Stn.Data.Distortions;
using Stn.Experiments.Benchmarks;
using Stn.Experiments.Tests.Reports;
using Stn.Testing;

namespace Stn.Experiments.Tests.Benchmarks;

public sealed class BenchPartsTests : TensorTest
{
    [Fact]
    public void Sides_take_turns_and_have_the_median_of_a_call()
    {
        var order = new List<int>();
        var medians = Bursts.Medians(0, [Side(0, 0.5), Side(1, 0.25)]);
        Assert.Equal([0.5, 0.25], medians);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], order.TakeLast(10));

        Func<int, double> Side(int index, double seconds) => calls =>
        {
            Assert.Equal(1, calls); // each longer than a burst
            order.Add(index);
            Thread.Sleep(1);
            return seconds;
        };
    }

    [Fact]
    public void Short_calls_come_in_bursts()
    {
        var most = 0;
        Assert.Equal(1e-4, Bursts.Medians(0, [calls =>
        {
            most = Math.Max(most, calls);
            Thread.Sleep(1);
            return 1e-4 * calls;
        }])[0], 1e-12);
        Assert.InRange(most, 199, 200);
    }

    [Fact]
    public void What_follows_from_a_row_is_computed_from_it()
    {
        var row = Row("st-cnn-aff", 42, 256, stn: 50, pytorch: 125, tuned: 75);
        Assert.Equal((2.5, 1.5), (row.Ratio, row.RatioTuned));
        Assert.Equal((5120, 2048), (row.StnImagesPerSecond, row.PytorchImagesPerSecond));
        Assert.Equal((10.24, 4.096), (Math.Round(row.StnGflops!.Value, 9), Math.Round(row.PytorchGflops!.Value, 9)));
    }

    [Fact]
    public void The_table_has_a_line_for_each_row_and_a_dash_for_what_was_not_measured()
    {
        var lines = Report(Row("fcn", 28, 1, 1, 2, null)).Markdown().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Single(lines.Select(line => line.Count(c => c == '|')).Distinct());
        Assert.StartsWith("| fcn | 28 | 1 | train | 1 ms | 2 ms | **2.00×** | – | – |", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_time_and_memory_over_batch_and_canvas()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "scaling.html");
        StepRow[] rows = [Row("st-cnn-aff", 42, 16, 5, 10, null), Row("st-cnn-aff", 42, 32, 8, 20, null), Row("st-cnn-aff", 60, 256, 90, 200, null)];
        ScalingPage.Write(path, Report(rows), rows[..2], rows[1..]);
        var page = HtmlPage.Read(path);
        Assert.Equal(4, page.Charts.Count);
        Assert.Contains("0.25", page.Text, StringComparison.Ordinal); // 8 ms of 32 images
    }

    [Fact]
    public void The_pipeline_is_measured_beside_batches_that_were_there()
    {
        var set = DistortedSet.Training(GlyphDigits.Of(100), new RtsDistortion(), seed: 1);
        var row = new DataBench(set, batch: 8, seconds: 0.05).Measure("st-fcn-aff");
        Assert.Equal(("st-fcn-aff", 42, 8), (row.Network, row.Canvas, row.Batch));
        Assert.All([row.PipelineMs, row.PreparedMs, row.ProducerMs, row.FirstBatchMs, row.NetworkMs], ms => Assert.True(ms > 0));
        Assert.Equal(100 * (row.PipelineMs - row.PreparedMs) / row.PreparedMs, row.AddedPercent, 1e-6);
    }

    private static StepRow Row(string network, int canvas, int batch, double stn, double pytorch, double? tuned) => new()
    {
        Network = network,
        Canvas = canvas,
        Batch = batch,
        Phase = "train",
        StnMs = stn,
        PytorchMs = pytorch,
        PytorchTunedMs = tuned,
        MultiplyAdds = 1_000_000,
        StnPeakShare = 0.1,
        StnPeakMb = 10,
        PytorchPeakMb = 20,
    };

    private static StepReport Report(params StepRow[] rows) => new(
        rows, [new StepWorkerIdentity("Stn", "1", 2, [])], StepSides.KeepPages, "a processor", 2, new ProcessorPeak(100, 50), StepBench.Seed, DateTime.UnixEpoch);
}
