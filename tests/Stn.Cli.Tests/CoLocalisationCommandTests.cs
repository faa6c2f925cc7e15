using Stn.Experiments.Tests;

namespace Stn.Cli.Tests;

public sealed class CoLocalisationCommandTests : IDisposable
{
    private static readonly string[] Quick = ["--threads", "1", "--set", "images=6", "--set", "steps=20", "--set", "search_steps=15", "--set", "windows=9"];
    private readonly TemporaryHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_co_localisation_runs_with_its_encoder_and_is_not_recorded_with_other_settings()
    {
        var run = Run(["train", "coloc-tc/7", "--json", .. Quick]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(("coloc-tc/7", 1), (run.Json.GetProperty("experiment").GetString(), run.Json.GetProperty("seed").GetInt32()));
        Assert.InRange(run.Json.GetProperty("correct").GetDouble(), 0, 100);
        Assert.Contains("coloc-tc/7 seed 1, step 10: loss", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_home["results/coloc-encoder/encoder.safetensors"]));

        var refused = Run(["train", "coloc-tc/7", "--record", .. Quick]);
        Assert.Equal(StnTool.Usage, refused.Code);
        Assert.Contains("cannot be recorded with changed settings", refused.Error, StringComparison.Ordinal);
        Assert.Contains("coloc-t/1 has no --epochs", Run("train", "coloc-t/1", "--epochs", "3").Error, StringComparison.Ordinal);
        Assert.Contains("'digit=4' is no setting of coloc-t/1", Run("train", "coloc-t/1", "--set", "digit=4").Error, StringComparison.Ordinal);
        Assert.Contains("expected a number of 0 or more", Run("train", "coloc-t/1", "--set", "steps=many").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images=1", "images must be 2 or more")]
    [InlineData("windows=0", "windows must be 1 or more, got 0")]
    [InlineData("start_scale=2", "start_scale must be between 0 and 1")]
    [InlineData("start_scale=0.9", "start_scale must be at most 0.833 with a scale_range of 0.2")]
    [InlineData("scale_range=1", "scale_range must be from 0 to below 1")]
    [InlineData("rate=0", "rate must be above 0, got 0")]
    [InlineData("first_sharpness=0", "first_sharpness must be above 0")]
    public void A_setting_that_makes_no_sense_is_refused(string setting, string message) =>
        Assert.Contains(message, Run("train", "coloc-t/1", "--set", setting).Error, StringComparison.Ordinal);

    [Fact]
    public void Options_that_would_change_nothing_are_refused()
    {
        Assert.Contains("a sweep needs 1 seed or more, got 0", Run("sweep", "coloc-t/*", "--seeds", "0").Error, StringComparison.Ordinal);
        Assert.Contains("co-localisations have no --device", Run("sweep", "coloc-t/*", "--device", "cuda").Error, StringComparison.Ordinal);
        Assert.Contains("coloc-encoder has no --seed", Run("train", "coloc-encoder", "--seed", "2").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_says_which_are_missing()
    {
        var dry = Run("sweep", "coloc-t/*", "--seeds", "2", "--dry-run", "--json");
        Assert.True(dry.Code == 0, dry.Error);
        Assert.Equal(20, dry.Json.GetArrayLength());
        Assert.All(dry.Json.EnumerateArray(), one => Assert.Equal("missing", one.GetProperty("state").GetString()));
    }

    private static Outcome Run(params string[] args) => Tool.RunOn(a => StnTool.Run(a, _ => GlyphDigits.Mnist(200, 100)), args);
}
