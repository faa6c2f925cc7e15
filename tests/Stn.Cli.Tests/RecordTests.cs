using System.Text.Json;
using Stn.Experiments.Results;

namespace Stn.Cli.Tests;

/// <summary>Whole runs of the smallest network under its protocol, recorded.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    private string Record => _home["results/rts/cnn-pooled/fast-seed2.json"];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_recorded_run_can_be_traced_and_repeated_from_its_file()
    {
        var trained = Tool.RunWhole("train", "rts/cnn-pooled", "--seed", "2", "--threads", "1", "--keep-weights", "--json");
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Equal(Record, trained.Json.GetProperty("record").GetString());
        using var document = JsonDocument.Parse(File.ReadAllText(Record));
        var root = document.RootElement;
        Assert.Equal(trained.Json.GetProperty("error").GetDouble(), root.GetProperty("error").GetDouble());
        Assert.Equal(root.GetProperty("error").GetDouble(), 100.0 * root.GetProperty("wrong").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length / 50);
        Assert.Equal("stn train rts/cnn-pooled --protocol fast --seed 2 --threads 1 --record", root.GetProperty("command").GetString());
        Assert.Equal(root.GetProperty("epochs").GetInt32(), root.GetProperty("log").GetArrayLength());
        Assert.Equal(root.GetProperty("steps").GetInt64() * root.GetProperty("settings").GetProperty("batch").GetInt32(), root.GetProperty("samples").GetInt64());
        Assert.Equal(64, root.GetProperty("manifest").GetProperty("evaluation_data").GetProperty("sha256").GetString()!.Length);
        var weights = Path.Combine(Path.GetDirectoryName(Record)!, root.GetProperty("weights").GetString()!);
        Assert.Equal(File.ReadAllBytes(_home["runs/rts-cnn-pooled-fast-seed2/checkpoints/model.safetensors"]), File.ReadAllBytes(weights));

        var listed = Tool.Run("list", "--json").Json.EnumerateArray().Single(e => e.GetProperty("name").GetString() == "rts/cnn-pooled");
        Assert.Equal(root.GetProperty("error").GetDouble(), listed.GetProperty("ours").GetDouble());
        Assert.Equal(root.GetProperty("minutes").GetDouble(), listed.GetProperty("minutes").GetDouble());

        var files = new ResultFiles(_home["results"]);
        var one = files.Read(Record);
        var other = files.Write(one with { Seed = 3, Settings = one.Settings with { Seed = 3 }, Error = one.Error + 1 });
        listed = Tool.Run("list", "--json").Json.EnumerateArray().Single(e => e.GetProperty("name").GetString() == "rts/cnn-pooled");
        Assert.Equal(one.Error + 0.5, listed.GetProperty("ours").GetDouble(), 9);
        File.Delete(other);

        File.Delete(Record);
        Directory.Delete(_home["runs"], recursive: true);
        var again = Tool.RunWhole([.. root.GetProperty("command").GetString()!.Split(' ')[1..], "--json"]);
        Assert.Equal(root.GetProperty("error").GetDouble(), again.Json.GetProperty("error").GetDouble());
        Assert.Equal(root.GetProperty("wrong").GetString(), JsonDocument.Parse(File.ReadAllText(Record)).RootElement.GetProperty("wrong").GetString());
    }

    [Theory]
    [InlineData("epochs", "--epochs", "1")]
    [InlineData("train_images", "--set", "train_images=64")]
    [InlineData("test_images", "--set", "test_images=10")]
    [InlineData("validation", "--set", "validation=10")]
    [InlineData("rate", "--set", "rate=0.5")]
    public void What_is_not_the_protocol_is_not_recorded_and_not_even_begun(string setting, params string[] options)
    {
        var outcome = Tool.RunWhole(["train", "rts/cnn-pooled", "--record", .. options]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains($"rts/cnn-pooled cannot be recorded as 'fast': {setting} is ", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home["runs"]));
        Assert.False(Directory.Exists(_home["results"]));
    }

    [Fact]
    public void Weights_that_find_no_room_do_not_keep_a_run_from_being_recorded()
    {
        Directory.CreateDirectory(_home["results"]);
        using (var other = File.Create(_home["results/other.safetensors"]))
            other.SetLength(10_000_000);
        var trained = Tool.RunWhole("train", "rts/cnn-pooled", "--seed", "2", "--threads", "1", "--keep-weights");
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains("holds 10000000 bytes of other weights", trained.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Record));
        Assert.Single(Directory.GetFiles(_home["results"], "*.safetensors", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_finished_run_can_be_recorded_later()
    {
        Assert.Equal(0, Tool.RunWhole("train", "rts/cnn-pooled", "--seed", "2", "--threads", "1").Code);
        Assert.False(File.Exists(Record));
        var recorded = Tool.RunWhole("train", "--resume", _home["runs/rts-cnn-pooled-fast-seed2"], "--record");
        Assert.True(recorded.Code == 0, recorded.Error);
        Assert.True(File.Exists(Record));
    }

    [Fact]
    public void A_run_from_another_device_can_be_recorded_here_and_the_record_says_where_it_was_trained()
    {
        Assert.Equal(0, Tool.RunWhole("train", "rts/cnn-pooled", "--seed", "2", "--threads", "1").Code);
        var run = _home["runs/rts-cnn-pooled-fast-seed2"];
        foreach (var name in new[] { "config.json", "manifest.json" })
        {
            var path = Path.Combine(run, name);
            var text = File.ReadAllText(path);
            Assert.Contains("\"device\": \"cpu\"", text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace("\"device\": \"cpu\"", "\"device\": \"cuda:9\"", StringComparison.Ordinal));
        }

        Assert.Contains("cuda:9 cannot be used", Tool.RunWhole("train", "--resume", run, "--record").Error, StringComparison.Ordinal);
        var recorded = Tool.RunWhole("train", "--resume", run, "--device", "cpu", "--record");
        Assert.True(recorded.Code == 0, recorded.Error);
        using var record = JsonDocument.Parse(File.ReadAllText(Record));
        Assert.Equal("cuda:9", record.RootElement.GetProperty("settings").GetProperty("device").GetString());
        Assert.Contains("--device cuda:9", record.RootElement.GetProperty("command").GetString(), StringComparison.Ordinal);
    }
}
