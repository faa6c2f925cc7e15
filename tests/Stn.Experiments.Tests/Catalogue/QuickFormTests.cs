using Stn.Experiments.Catalogue;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Experiments.Tests.Reports;
using Stn.Testing;

namespace Stn.Experiments.Tests.Catalogue;

/// <summary>Every experiment, one epoch on few digits, with its report.</summary>
public sealed class QuickFormTests : TensorTest
{
    // The house numbers are 2 GB and the birds 1 GB; SvhnTaskTests and BirdTaskTests train on a few of their form.
    public static TheoryData<string> Names =>
        [.. ExperimentCatalogue.All.Select(e => e.Name).Where(name => !name.StartsWith("svhn", StringComparison.Ordinal) && !name.StartsWith("cub", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_runs_and_its_report_is_written(string name)
    {
        using var trial = new Trial();
        var config = Trial.Of(name, "epochs=1", "train_images=32", "test_images=30");
        var outcome = trial.Train(config);
        Assert.True(outcome.IsComplete);
        Assert.Equal(2, outcome.Steps);

        using var run = TrainedRun.Load(trial.Path, Trial.Sources);
        Assert.Equal(outcome.Error, run.Evaluation.Error);
        Assert.Equal(30, run.Evaluation.Predictions.Count);
        RunReport.Write(trial["report.html"], run);
        var page = HtmlPage.Read(trial["report.html"]);
        Assert.Contains(name, page.Heading, StringComparison.Ordinal);
        Assert.NotEmpty(page.Pictures);
        Assert.NotEmpty(page.Charts);
    }

    [Fact]
    public void A_run_folder_holds_what_the_design_says()
    {
        using var trial = new Trial();
        trial.Train(Trial.Of("rts/cnn-pooled", "epochs=1"));
        Assert.Equal(
            ["checkpoints", "config.json", "manifest.json", "metrics.jsonl", "run.lock"],
            Directory.GetFileSystemEntries(trial.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var manifest = File.ReadAllText(Path.Combine(trial.Path, "manifest.json"));
        Assert.All(["stn", "libtorch", "dotnet", "processor", "threads", "training_data", "evaluation_data", "sha256"], key => Assert.Contains($"\"{key}\"", manifest, StringComparison.Ordinal));
        Assert.Single(MetricsLog.Epochs(trial.Metrics));
    }

    [Fact]
    public void The_demo_compares_two_runs_in_one_page()
    {
        using var plain = new Trial();
        using var transformed = new Trial();
        plain.Train(Trial.Of("rts/cnn-pooled", "epochs=2"));
        transformed.Train(Trial.Of("rts/st-cnn-aff", "epochs=2"));
        var sources = Trial.Sources;
        using var left = TrainedRun.Load(plain.Path, sources);
        using var right = TrainedRun.Load(transformed.Path, sources);
        DemoReport.Write(plain["demo.html"], left, right);
        var page = HtmlPage.Read(plain["demo.html"]);
        Assert.Contains("rts/cnn-pooled", page.Text, StringComparison.Ordinal);
        Assert.Contains("rts/st-cnn-aff", page.Text, StringComparison.Ordinal);
        Assert.Contains("50 fixed test images", page.Text, StringComparison.Ordinal);
        Assert.True(page.Charts.Count >= 6);
    }

    [Fact]
    public void A_run_without_weights_and_a_folder_without_a_run_are_refused_by_name()
    {
        using var trial = new Trial();
        var sources = Trial.Sources;
        Assert.Contains("holds no run", Assert.Throws<FileNotFoundException>(() => TrainedRun.Load(trial["none"], sources)).Message, StringComparison.Ordinal);
        trial.Train(Trial.Config(), stopAfter: 2);
        Assert.Contains("has no weights yet", Assert.Throws<FileNotFoundException>(() => TrainedRun.Load(trial.Path, sources)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_with_the_difference()
    {
        using var trial = new Trial();
        trial.Train(Trial.Of("rts/cnn-pooled", "epochs=1"));
        var error = Assert.Throws<InvalidDataException>(() => TrainedRun.Load(Trial.Config(), trial.Weights, Trial.Sources, "cpu", []));
        Assert.Contains("transformer.localisation", error.Message, StringComparison.Ordinal);
        Assert.Contains(trial.Weights, error.Message, StringComparison.Ordinal);
    }
}
