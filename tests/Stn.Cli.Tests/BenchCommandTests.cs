using System.Text.Json;
using Stn.Checks.Benchmarks;
using Stn.Experiments.Benchmarks;
using Stn.Experiments.Runs;
using Stn.Testing;

namespace Stn.Cli.Tests;

/// <summary><c>stn bench</c> on sizes too small to say anything about speed.</summary>
public sealed class BenchCommandTests
{
    [Fact]
    public void Every_work_is_measured_and_printed_as_JSON()
    {
        foreach (var work in SamplerWork.All)
        {
            var size = work.IsVolume ? "2x1x5x6x7" : "2x3x5x6";
            var outcome = Tool.Run("bench", "sampler", "--only", work.Name, "--size", size, "--threads", "1", "2", "--seconds", "0.01", "--json");
            Assert.Equal(0, outcome.Code);
            var rows = outcome.Json.GetProperty("rows").EnumerateArray().ToArray();
            Assert.Equal([1, 2], rows.Select(row => row.GetProperty("threads").GetInt32()));
            Assert.All(rows, row => Assert.Equal((work.Name, size), (row.GetProperty("work").GetString(), row.GetProperty("size").GetString())));
            Assert.All(rows, row => Assert.Equal(Number(row, "libtorch_ms") / Number(row, "stn_ms"), Number(row, "ratio"), 1e-9));
            Assert.All(rows, row => Assert.True(Number(row, "memcpy_ms") > 0));
        }
    }

    [Fact]
    public void A_step_in_space_is_measured_against_libtorchs_sampler_in_the_same_network()
    {
        var outcome = Tool.Run("bench", "volume", "--batch", "1", "--threads", "1", "--seconds", "0.01", "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        var row = Assert.Single(outcome.Json.GetProperty("rows").EnumerateArray().ToArray());
        Assert.Equal((1, 1), (row.GetProperty("batch").GetInt32(), row.GetProperty("threads").GetInt32()));
        Assert.Equal(Number(row, "libtorch_ms") / Number(row, "stn_ms"), Number(row, "ratio"), 1e-9);
        Assert.Equal(Number(row, "libtorch_warp_ms") / Number(row, "stn_warp_ms"), Number(row, "warp_ratio"), 1e-9);
        Assert.Equal(Number(row, "stn_ms") - Number(row, "stn_warp_ms"), Number(row, "stn_rest_ms"), 1e-9);
        Assert.Equal(StnTool.Usage, Tool.Run("bench", "volume", "--batch", "0").Code);
    }

    [FactWithPyTorch]
    public void Steps_are_measured_against_PyTorch_and_printed_as_JSON()
    {
        var outcome = Tool.Run("bench", "step", "--only", "st-cnn-aff", "--canvas", "42", "--batch", "4", "--threads", "1", "--seconds", "0.1", "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        var rows = outcome.Json.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(
            [("train", 4), ("inference", 4), ("inference", 1)],
            rows.Select(row => (row.GetProperty("phase").GetString(), row.GetProperty("batch").GetInt32())));
        Assert.All(rows, row => Assert.Equal(("st-cnn-aff", 42), (row.GetProperty("network").GetString(), row.GetProperty("canvas").GetInt32())));
        Assert.All(rows, row => Assert.Equal(Number(row, "pytorch_ms") / Number(row, "stn_ms"), Number(row, "ratio"), 1e-9));
        Assert.All(rows, row => Assert.Equal(Number(row, "pytorch_tuned_ms") / Number(row, "stn_ms"), Number(row, "ratio_tuned"), 1e-9));
        Assert.All(rows, row => Assert.True(Number(row, "transformer_share") > 0 && Number(row, "localisation_share") > 0));
        Assert.True(Number(rows[0], "stn_peak_mb") > 0 && Number(rows[0], "pytorch_peak_mb") > 0);
        var sides = outcome.Json.GetProperty("sides").EnumerateArray().ToArray();
        Assert.Equal(["Stn", "PyTorch", "PyTorch with its best settings"], sides.Select(side => side.GetProperty("name").GetString()));
        Assert.All(sides, side => Assert.Equal(1, side.GetProperty("threads").GetInt32()));
    }

    [FactWithPyTorch]
    public void Every_network_of_the_table_computes_the_same_in_PyTorch()
    {
        foreach (var network in StepBench.Networks.Where(name => name != "st-cnn-aff"))
        {
            var outcome = Tool.Run("bench", "step", "--only", network, "--canvas", "60", "--batch", "2", "--threads", "1", "--seconds", "0.01", "--markdown");
            Assert.True(outcome.Code == 0, outcome.Error);
            Assert.Equal(3, outcome.Output.Split($"| {network} | 60 |").Length - 1);
        }
    }

    [FactWithPyTorch]
    public void Scaling_is_measured_and_drawn()
    {
        using var folder = new TemporaryFolder();
        var page = Path.Combine(folder.Path, "scaling.html");
        var outcome = Tool.Run(
            "bench", "scaling", "--network", "st-fcn-aff", "--batches", "2", "4", "--canvases", "28", "--threads", "1", "--seconds", "0.01", "--out", page, "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Equal([2, 4, ScalingPage.Batch], outcome.Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("batch").GetInt32()));
        Assert.Equal(4, File.ReadAllText(page).Split("<svg").Length - 1);
    }

    [Fact]
    public void What_the_data_cost_is_printed_as_JSON()
    {
        var outcome = Tool.Run("bench", "data", "--only", "fcn", "--batch", "8", "--seconds", "0.05", "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        var row = Assert.Single(outcome.Json.GetProperty("rows").EnumerateArray());
        Assert.Equal(100 * ((Number(row, "pipeline_ms") / Number(row, "prepared_ms")) - 1), Number(row, "added_percent"), 1e-9);
        Assert.Contains("100 digits", outcome.Json.GetProperty("images").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step --only cnm", "there is no network 'cnm'")]
    [InlineData("step --only cnn-pooled --canvas 28", "images of 28×28 are not pooled")]
    [InlineData("step --batch 0", "--batch must be 1 or more")]
    [InlineData("step --seconds 0", "--seconds must be positive")]
    [InlineData("scaling --batches 0", "--batches must be 1 or more")]
    [InlineData("data --only cnm", "there is no network 'cnm'")]
    [InlineData("data --batch 101", "100 images do not fill one batch")]
    public void Bad_arguments_of_the_others_are_named(string arguments, string message)
    {
        var outcome = Tool.Run(["bench", .. arguments.Split(' ')]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--only affine", "--only knows affine-forward")]
    [InlineData("--size 3x4", "a size is NxCxHxW or NxCxDxHxW")]
    [InlineData("--only affine-forward --size 1x1x2x3x4", "'affine-forward' does not work on 1x1x2x3x4")]
    [InlineData("--threads 0", "--threads must be 1 or more")]
    [InlineData("--seconds 0", "--seconds must be positive")]
    public void Bad_arguments_are_named(string arguments, string message)
    {
        var outcome = Tool.Run(["bench", "sampler", .. arguments.Split(' ')]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_in_the_documentation_is_what_a_run_wrote()
    {
        var report = JsonSerializer.Deserialize<SamplerReport>(Text("results", "bench-sampler.json"), JsonStyle.Line)!;
        Assert.Contains(report.Markdown(), Text("docs", "performance.md"), StringComparison.Ordinal);
    }

    private static string Text(string folder, string file) => File.ReadAllText(Path.Combine(RepositoryFolder.Root, folder, file));

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
