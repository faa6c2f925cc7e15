using Stn.Experiments.Results;
using Stn.Experiments.Sweeps;
using Stn.Experiments.Training;
using Stn.Testing;
using static Stn.Experiments.Tests.Results.SampleRecords;

namespace Stn.Experiments.Tests.Sweeps;

public sealed class SweepPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ResultFiles Files => new(_folder["results"]);

    [Fact]
    public void The_first_seed_of_all_comes_before_the_second_of_any()
    {
        var configs = SweepPlan.Configs("rts/st-fcn-*", "fast", 2, "cpu");
        Assert.Equal(
            ["rts/st-fcn-aff 1", "rts/st-fcn-proj 1", "rts/st-fcn-tps 1", "rts/st-fcn-aff 2", "rts/st-fcn-proj 2", "rts/st-fcn-tps 2"],
            configs.Select(c => $"{c.Experiment} {c.Seed}"));
    }

    [Fact]
    public void Weights_to_start_from_are_for_networks_that_start_from_some()
    {
        Assert.All(SweepPlan.Configs("cub/*", "fast", 1, "cpu", "weights.pth"), config => Assert.Equal("weights.pth", config.Init));
        Assert.All(SweepPlan.Configs("*", "fast", 1, "cpu", "weights.pth").Where(config => !config.Experiment.StartsWith("cub/", StringComparison.Ordinal)), config => Assert.Empty(config.Init));
        Assert.Contains("leave out --init", Assert.Throws<ArgumentException>(() => SweepPlan.Configs("cub-small/*", "fast", 1, "cpu", "weights.pth")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_begun_goes_on_with_the_weights_that_it_names()
    {
        var begun = Assert.Single(SweepPlan.Configs("cub/cnn-224", "fast", 1, "cpu", "/gone/weights.pth"));
        var folder = SweepPlan.FolderOf(_folder["runs"], begun);
        Directory.CreateDirectory(folder);
        ConfigFile.Write(Path.Combine(folder, "config.json"), begun);
        Assert.Equal("/gone/weights.pth", Init(string.Empty));
        Assert.Equal("/gone/weights.pth", Init("/here/weights.pth"));
        Assert.Equal("/here/others.pth", Init("/here/others.pth"));
        File.WriteAllText(Path.Combine(folder, "config.json"), "{");
        Assert.Equal("/here/weights.pth", Init("/here/weights.pth"));

        string Init(string file) => Assert.Single(new SweepPlan(Files, _folder["runs"]).GoingOn(SweepPlan.Configs("cub/cnn-224", "fast", 1, "cpu", file))).Init;
    }

    [Theory]
    [InlineData("r/cnn", 1)]
    [InlineData("?/fcn", 3)]
    [InlineData("r?s/cnn", 1)]
    [InlineData("rts/*", 10)]
    public void A_pattern_matches_whole_names(string pattern, int count) => Assert.Equal(count, SweepPlan.Configs(pattern, "fast", 1, "cpu").Count);

    [Fact]
    public void Time_is_expected_from_the_same_experiment_first_then_the_same_network_then_the_same_data()
    {
        Assert.Null(Minutes("r/cnn"));
        // The samples' records have two epochs, a run of r/cnn as many as its protocol.
        var times = Experiments.Catalogue.ExperimentCatalogue.Find("r/cnn").Config("fast").Epochs / 2.0;
        Files.Write(Of("r/fcn", 1, [1], minutes: 3));
        Assert.Equal(3 * times, Minutes("r/cnn"));
        Files.Write(Of("rts/cnn", 1, [1], minutes: 9));
        Assert.Equal(times * 9.0 * 28 * 28 / (42 * 42), Minutes("r/cnn")!.Value, 9);
        Files.Write(Of("r/cnn", 1, [1], minutes: 5));
        Files.Write(Of("r/cnn", 2, [1], minutes: 7));
        Assert.Equal(6 * times, Minutes("r/cnn", seed: 3));
        Assert.Null(Minutes("r/cnn", device: "cuda"));
    }

    [Fact]
    public void A_run_that_was_cut_off_has_the_rest_left()
    {
        using var trial = new Trial();
        var config = Trial.Config();
        trial.Train(config, stopAfter: Trial.StepsPerEpoch);
        Files.Write(Of(config.Experiment, 9, [1], minutes: 8));
        Directory.CreateDirectory(_folder["runs"]);
        Directory.Move(trial.Path, SweepPlan.FolderOf(_folder["runs"], config));
        var item = Assert.Single(new SweepPlan(Files, _folder["runs"]).Items([config]));
        Assert.Equal((SweepState.Started, 0.25, 6.0 * config.Epochs / 2), (item.State, item.Done, item.MinutesLeft!.Value));
        var other = Assert.Single(new SweepPlan(Files, _folder["runs"]).Items([config with { Rate = 2 * config.Rate }]));
        Assert.Equal((SweepState.Otherwise, 0.0), (other.State, other.Done));

        File.WriteAllText(Path.Combine(item.Folder, "config.json"), "{ \"experiment\":");
        var broken = Assert.Single(new SweepPlan(Files, _folder["runs"]).Items([config]));
        Assert.Equal((SweepState.Otherwise, 0.0), (broken.State, broken.Done));
    }

    [Fact]
    public void A_record_of_an_older_protocol_is_made_anew()
    {
        var record = Of("r/cnn", 1, [1]);
        Files.Write(record);
        Assert.Equal(SweepState.Recorded, State(record.Settings));
        Files.Write(record with { Settings = record.Settings with { Epochs = 7 } });
        Assert.Equal(SweepState.Missing, State(record.Settings));
    }

    private SweepState State(Experiments.Training.TrainingConfig config) => Assert.Single(new SweepPlan(Files, _folder["runs"]).Items([config])).State;

    private double? Minutes(string experiment, int seed = 9, string device = "cpu") =>
        new SweepPlan(Files, _folder["runs"]).Items([Experiments.Catalogue.ExperimentCatalogue.Find(experiment).Config("fast") with { Seed = (ulong)seed, Device = device }])[0].Minutes;
}
