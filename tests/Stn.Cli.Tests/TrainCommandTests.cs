using Stn.Testing;

namespace Stn.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder["a run"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_trains_and_prints_one_JSON_document()
    {
        var outcome = Train("--json", "--seed", "3");
        Assert.Equal(0, outcome.Code);
        var json = outcome.Json;
        Assert.Equal("rts/cnn-pooled", json.GetProperty("experiment").GetString());
        Assert.Equal(3, json.GetProperty("seed").GetInt32());
        Assert.Equal(6, json.GetProperty("steps").GetInt32());
        Assert.InRange(json.GetProperty("error").GetDouble(), 0, 100);
        Assert.Equal(Run, json.GetProperty("run").GetString());
        Assert.True(File.Exists(Path.Combine(Run, "report.html")));
        Assert.Contains("rts/cnn-pooled: fast protocol, seed 3, 6 steps of 16 images on cpu", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("  epoch 1: loss ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_folder_lies_in_the_current_one()
    {
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = _folder.Path;
        try
        {
            Assert.Equal(0, Tool.Run(["train", "rts/cnn-pooled", "--epochs", "1", "--out", "a run", .. Tool.Small]).Code);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        Assert.True(File.Exists(Path.Combine(Run, "config.json")));
    }

    [Fact]
    public void A_run_is_never_overwritten_and_a_finished_one_gives_its_result_again()
    {
        Assert.Equal(0, Train().Code);
        var again = Train();
        Assert.Equal(StnTool.Failure, again.Code);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);

        var resumed = Tool.Run("train", "--resume", Run, "--json");
        Assert.Equal(0, resumed.Code);
        Assert.Equal(6, resumed.Json.GetProperty("steps").GetInt32());
        Assert.Contains("the run is complete", resumed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epochs is 1 in the run and 2 now", "--epochs", "2")]
    [InlineData("seed is 1 in the run and 2 now", "--seed", "2")]
    [InlineData("protocol is fast in the run and paper now", "--protocol", "paper")]
    [InlineData("rate is 0.004 in the run and 0.1 now", "--set", "rate=0.1")]
    [InlineData("experiment is rts/cnn-pooled in the run and rts/cnn now", "rts/cnn")]
    public void A_resume_with_other_settings_is_refused_with_the_difference(string message, params string[] settings)
    {
        Train("--set", "rate=0.004");
        var outcome = Tool.Run(["train", "--resume", Run, .. settings]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_are_the_same_do_not_hinder_a_resume()
    {
        Train();
        Assert.Equal(0, Tool.Run("train", "rts/cnn-pooled", "--resume", Run, "--epochs", "1", "--seed", "1", "--protocol", "fast").Code);
    }

    [Fact]
    public void A_broken_checkpoint_exits_with_1_and_names_the_file()
    {
        Train();
        var checkpoint = Path.Combine(Run, "checkpoints", "resume.safetensors");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..1000]);
        var outcome = Tool.Run("train", "--resume", Run);
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Contains(checkpoint, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_exits_with_1_and_says_where()
    {
        var outcome = Train("--set", "rate=1e30", "--set", "optimiser=sgd", "--set", "schedule=constant");
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Matches("stn: .* at step [0-9]+ ", outcome.Error);
    }

    [Fact]
    public void What_was_trained_can_be_evaluated_by_folder_and_by_weights()
    {
        var trained = Train("--json").Json.GetProperty("error").GetDouble();
        var json = Tool.Run("eval", Run, "--json").Json;
        Assert.Equal(trained, json.GetProperty("error").GetDouble());
        Assert.Equal(50, json.GetProperty("images").GetInt32());
        Assert.Equal(10, json.GetProperty("per_class").GetArrayLength());

        var weights = Path.Combine(Run, "checkpoints", "model.safetensors");
        Assert.Equal(trained, Tool.Run("eval", weights, "--experiment", "rts/cnn-pooled", "--json").Json.GetProperty("error").GetDouble());
        Assert.Equal(StnTool.Usage, Tool.Run("eval", weights).Code);
        var other = Tool.Run("eval", weights, "--experiment", "rts/st-cnn-aff");
        Assert.Equal(StnTool.Failure, other.Code);
        Assert.Contains("transformer.localisation", other.Error, StringComparison.Ordinal);
        Assert.Contains("worst cases", Tool.Run("eval", Run).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_film_is_made_of_where_the_transformer_looks_and_changes_nothing_of_the_run()
    {
        string[] arguments = ["train", "rts/st-cnn-aff", "--epochs", "4", .. Tool.Small];
        Assert.Equal(0, Tool.Run([.. arguments, "--out", Run, "--animate"]).Code);
        Assert.Equal(0, Tool.Run([.. arguments, "--out", _folder["plain"]]).Code);
        var film = File.ReadAllBytes(Path.Combine(Run, "figures", "learning.gif"));
        Assert.Equal("GIF89a"u8.ToArray(), film[..6]);
        Assert.InRange(film.Length, 5_000, 1_000_000);
        Assert.Contains(Convert.ToBase64String(film), File.ReadAllText(Path.Combine(Run, "report.html")), StringComparison.Ordinal);
        var steps = Experiments.Runs.MetricsLog.Frames(Path.Combine(Run, "snapshots.jsonl")).Select(frame => frame.Step).ToArray();
        Assert.Equal(steps.Order().Distinct(), steps);
        Assert.Equal((0, 24), (steps[0], steps[^1]));
        Assert.Equal(Weights(_folder["plain"]), Weights(Run));

        var refused = Tool.Run(["train", "rts/cnn-pooled", "--animate", "--out", _folder["refused"], .. Tool.Small]);
        Assert.Equal(StnTool.Usage, refused.Code);
        Assert.Contains("--animate: rts/cnn-pooled has no spatial transformer", refused.Error, StringComparison.Ordinal);

        static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "checkpoints", "model.safetensors"));
    }

    private Outcome Train(params string[] more) =>
        Tool.Run(["train", "rts/cnn-pooled", "--epochs", "1", "--out", Run, .. Tool.Small, .. more]);
}
