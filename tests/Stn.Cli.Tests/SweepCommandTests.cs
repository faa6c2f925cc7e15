using System.Diagnostics;
using System.Text.Json;

namespace Stn.Cli.Tests;

public sealed class SweepCommandTests : IDisposable
{
    private static readonly string[] Sweep = ["sweep", "rts/cnn-p*", "--seeds", "2", "--threads", "1"];
    private readonly TemporaryHome _home = new();

    private string First => _home["results/rts/cnn-pooled/fast-seed1.json"];

    private string Second => _home["results/rts/cnn-pooled/fast-seed2.json"];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void It_runs_what_is_missing_and_leaves_what_is_recorded()
    {
        Assert.Equal(0, Tool.RunWhole("train", "rts/cnn-pooled", "--threads", "1", "--record").Code);
        var before = File.ReadAllBytes(First);

        var dry = Tool.RunWhole([.. Sweep, "--dry-run"]);
        Assert.Equal(0, dry.Code);
        Assert.Matches("rts/cnn-pooled +fast +seed 1 +recorded +took 0:00:", dry.Output);
        Assert.Matches("rts/cnn-pooled +fast +seed 2 +missing +about 0:00:.. left", dry.Output);
        Assert.Contains("1 of 2 are recorded", dry.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Second));

        var sweep = Tool.RunWhole([.. Sweep, "--json"]);
        Assert.True(sweep.Code == 0, sweep.Error);
        Assert.Equal(["recorded", "recorded"], sweep.Json.EnumerateArray().Select(run => run.GetProperty("state").GetString()));
        Assert.Equal(before, File.ReadAllBytes(First));
        Assert.True(File.Exists(Second));
        Assert.Equal(0, Tool.RunWhole(Sweep).Code);
    }

    [Fact]
    public void A_run_that_was_started_otherwise_is_named_and_the_others_are_run()
    {
        Assert.Equal(0, Tool.RunWhole("train", "rts/cnn-pooled", "--epochs", "1", "--threads", "1").Code);
        var sweep = Tool.RunWhole(Sweep);
        Assert.Equal(StnTool.Failure, sweep.Code);
        Assert.Contains("rts-cnn-pooled-fast-seed1 was started otherwise: epochs is 1 in the run", sweep.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(First));
        Assert.True(File.Exists(Second));
    }

    [Fact]
    public void A_run_whose_log_lacks_an_epoch_is_not_recorded()
    {
        Assert.Equal(0, Tool.RunWhole("train", "rts/cnn-pooled", "--threads", "1").Code);
        var log = _home["runs/rts-cnn-pooled-fast-seed1/metrics.jsonl"];
        var lines = File.ReadAllLines(log).ToList();
        Assert.True(lines.RemoveAll(line => line.Contains("\"epoch\":1,", StringComparison.Ordinal) && line.Contains("\"kind\":\"epoch\"", StringComparison.Ordinal)) == 1);
        File.WriteAllLines(log, lines);
        var sweep = Tool.RunWhole("sweep", "rts/cnn-p*", "--threads", "1");
        Assert.Equal(StnTool.Failure, sweep.Code);
        Assert.Contains("metrics.jsonl lacks epochs of the run", sweep.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(First));
    }

    [Fact]
    public async Task A_sweep_that_was_cut_off_goes_on_where_it_was_with_the_same_bits()
    {
        using (var process = Tool.Start(["whole", .. Sweep]))
        {
            var error = process.StandardError.ReadToEndAsync();
            var checkpoint = _home["runs/rts-cnn-pooled-fast-seed1/checkpoints/resume.safetensors"];
            for (var clock = Stopwatch.StartNew(); !File.Exists(checkpoint); Thread.Sleep(20))
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited, "no checkpoint after a minute");
            using (var kill = Process.Start("kill", ["-s", "INT", $"{process.Id}"]))
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            Assert.Equal(StnTool.Failure, process.ExitCode);
            Assert.Contains("and saved; the same command goes on", await error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(First));
        Assert.Matches("seed 1 +[0-9]+ % done", Tool.RunWhole([.. Sweep, "--dry-run"]).Output);
        var sweep = Tool.RunWhole(Sweep);
        Assert.True(sweep.Code == 0, sweep.Error);
        Assert.Contains("going on at step", sweep.Error, StringComparison.Ordinal);
        var error1 = JsonDocument.Parse(File.ReadAllText(First)).RootElement.GetProperty("error").GetDouble();
        var whole = Tool.RunWhole("train", "rts/cnn-pooled", "--threads", "1", "--out", _home["whole"], "--json");
        Assert.Equal(whole.Json.GetProperty("error").GetDouble(), error1);
        Assert.Equal(File.ReadAllBytes(_home["whole/checkpoints/model.safetensors"]), File.ReadAllBytes(_home["runs/rts-cnn-pooled-fast-seed1/checkpoints/model.safetensors"]));
    }

    [Theory]
    [InlineData("no experiment matches 'x/*'; there are r/fcn", "x/*")]
    [InlineData("has no protocol 'slow'", "rts/*", "--protocol", "slow")]
    [InlineData("has no protocol 'slow'", "*", "--protocol", "slow")] // before the co-localisations, which take minutes
    [InlineData("1 seed or more, got 0", "rts/*", "--seeds", "0")]
    [InlineData("leave out --init", "rts/*", "--init", "weights.pth")]
    [InlineData("co-localisations have no --init", "coloc-t/0", "--init", "weights.pth")]
    public void What_cannot_be_swept_is_refused_in_words(string message, params string[] options)
    {
        var outcome = Tool.RunWhole(["sweep", .. options]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }
}
