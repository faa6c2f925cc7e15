using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.Training;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_setting_can_be_set()
    {
        var config = ConfigFile.Apply(new TrainingConfig(), [
            "seed=18446744073709551615", "epochs=7", "steps=5000000000", "rate=2.5e-3", "localisation_rate=1", "optimiser=sgd",
            "schedule=steps", "freeze=a,b", "init=/a=b.pt", "device=cpu"]);
        Assert.Equal((ulong.MaxValue, 7, 5_000_000_000), (config.Seed, config.Epochs, config.Steps));
        Assert.Equal((2.5e-3, 1.0), (config.Rate, config.LocalisationRate));
        Assert.Equal(("sgd", "steps", "/a=b.pt"), (config.Optimiser, config.Schedule, config.Init));
        Assert.Equal(["a", "b"], config.Frozen);
    }

    [Fact]
    public void Hyphens_may_stand_for_underscores_and_the_last_setting_counts()
    {
        var config = ConfigFile.Apply(new TrainingConfig(), ["localisation-rate=0.5", "warm_up=0.2", "warm-up=0.4"]);
        Assert.Equal((0.5, 0.4), (config.LocalisationRate, config.WarmUp));
    }

    [Theory]
    [InlineData("rat=1", "'rat' is no setting; the settings are seed, epochs, ")]
    [InlineData("experiment=rts/cnn", "'experiment' is no setting")]
    [InlineData("protocol=paper", "'protocol' is no setting")]
    [InlineData("frozen=a", "'frozen' is no setting")]
    [InlineData("epochs", "'epochs' is not key=value")]
    [InlineData("=3", "'=3' is not key=value")]
    [InlineData("epochs=", "epochs=: expected a whole number")]
    [InlineData("epochs=many", "epochs=many: expected a whole number")]
    [InlineData("epochs=1.5", "epochs=1.5: expected a whole number")]
    [InlineData("epochs=99999999999", "epochs=99999999999: expected a whole number")]
    [InlineData("batch=2147483648", "batch=2147483648: expected a whole number")]
    [InlineData("steps=9223372036854775808", "steps=9223372036854775808: expected a whole number")]
    [InlineData("seed=18446744073709551616", "seed=18446744073709551616: expected a whole number from 0")]
    [InlineData("seed=-1", "seed=-1: expected a whole number from 0")]
    [InlineData("epochs=-1", "epochs must be 1 or more, got -1")]
    [InlineData("epochs=0", "epochs must be 1 or more, got 0")]
    [InlineData("batch=-16", "batch must be 1 or more, got -16")]
    [InlineData("log_every=0", "log_every must be 1 or more, got 0")]
    [InlineData("rate=fast", "rate=fast: expected a number")]
    [InlineData("rate=nan", "rate=nan: expected a number")]
    [InlineData("rate=1e999", "rate=1e999: expected a number")]
    [InlineData("rate=0,5", "rate=0,5: expected a number")]
    [InlineData("rate=-1", "rate must be above 0, got -1")]
    [InlineData("rate=0", "rate must be above 0, got 0")]
    [InlineData("label_smoothing=1", "label_smoothing must be in [0, 1), got 1")]
    [InlineData("warm_up=1", "warm_up must be between 0 and 1, got 1")]
    [InlineData("momentum=1.5", "momentum must be in [0, 1), got 1.5")]
    [InlineData("train_images=-1", "train_images must be 0 or more, got -1")]
    [InlineData("optimiser=lion", "optimiser must be sgd, adam, adamw or muon, got lion")]
    [InlineData("schedule=cosine", "schedule must be constant, steps or one-cycle, got cosine")]
    [InlineData("device=tpu", "'tpu' is no device")]
    public void A_setting_that_does_not_fit_is_refused_in_words(string setting, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => ConfigFile.Apply(new TrainingConfig(), [setting]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_holds_every_setting_and_gives_it_back()
    {
        var config = Trial.Config("seed=18446744073709551615", "rate=0.1", "freeze=classifier", "init=a \"b\"/ü.pt", "validation=3");
        ConfigFile.Write(_folder["config.json"], config);
        Assert.Equal(config, ConfigFile.Read(_folder["config.json"]));
        Assert.Contains("\"localisation_rate\": ", File.ReadAllText(_folder["config.json"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"epochz\": 1}", "epochz")]
    [InlineData("{\"epochs\": \"x\"}", "epochs")]
    [InlineData("{\"epochs\": 0}", "epochs must be 1 or more")]
    [InlineData("{\"init\": null}", "init")]
    [InlineData("{\"epochs\": 1", "")]
    [InlineData("", "")]
    [InlineData("null", "")]
    public void A_file_that_was_changed_for_the_worse_is_refused_by_name(string text, string message)
    {
        File.WriteAllText(_folder["config.json"], text);
        var error = Assert.Throws<InvalidDataException>(() => ConfigFile.Read(_folder["config.json"]));
        Assert.Contains(_folder["config.json"], error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Differences_are_told_with_both_values() => Assert.Equal(
        ["epochs is 4 in the run and 5 now", "device is cpu in the run and cuda now"],
        ConfigFile.Differences(Trial.Config(), Trial.Config("epochs=5", "device=cuda")));
}
