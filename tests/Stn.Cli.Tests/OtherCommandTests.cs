using System.Text.Json;
using Stn.Experiments.Catalogue;
using Stn.Testing;

namespace Stn.Cli.Tests;

public sealed class OtherCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_demo_trains_both_and_prints_the_comparison_as_JSON()
    {
        var outcome = Tool.Run(["demo", "--json", "--epochs", "1", "--out", _folder["demo"], .. Tool.Small]);
        Assert.Equal(0, outcome.Code);
        var json = outcome.Json;
        Assert.Equal(["experiment", "cnn_pooled", "st_cnn", "report"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("rts", json.GetProperty("experiment").GetString());
        Assert.InRange(json.GetProperty("st_cnn").GetProperty("error").GetDouble(), 0, 100);
        Assert.True(json.GetProperty("cnn_pooled").GetProperty("seconds").GetDouble() > 0);
        Assert.True(File.Exists(json.GetProperty("report").GetString()));

        var again = Tool.Run(["demo", "--epochs", "1", "--out", _folder["demo"], .. Tool.Small]);
        Assert.Equal(StnTool.Failure, again.Code);
        Assert.Contains("--out", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_names_every_experiment()
    {
        var json = Tool.Run("list", "--json").Json;
        Assert.Equal(ExperimentCatalogue.All.Select(e => e.Name), json.EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        Assert.All(json.EnumerateArray(), e => Assert.True(e.GetProperty("parameters").GetInt64() > 0));
        var text = Tool.Run("list");
        Assert.Equal(0, text.Code);
        Assert.All(ExperimentCatalogue.All, e => Assert.Contains(e.Name, text.Output, StringComparison.Ordinal));
        Assert.Contains("\"localisation_rate\"", Tool.Run("list", "--settings").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_finds_libtorch_and_the_fonts()
    {
        var outcome = Tool.Run("doctor", "--json");
        var findings = outcome.Json.EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("ok").GetBoolean());
        Assert.True(findings["libtorch"]);
        Assert.True(findings["pictures"]);
        Assert.Equal(findings.Values.All(ok => ok) ? 0 : 1, outcome.Code);
        Assert.Contains("libtorch", Tool.Run("doctor").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_command_says_what_is_missing_and_does_not_fetch_it()
    {
        var before = Environment.GetEnvironmentVariable("STN_HOME");
        Environment.SetEnvironmentVariable("STN_HOME", _folder.Path);
        try
        {
            var files = Tool.Run("data", "--json").Json.GetProperty("mnist").GetProperty("files");
            Assert.Equal(4, files.GetArrayLength());
            Assert.All(files.EnumerateArray(), f => Assert.Equal(JsonValueKind.False, f.GetProperty("present").ValueKind));
            Assert.Contains("stn data mnist", Tool.Run("data").Output, StringComparison.Ordinal);
            var absent = Tool.Run("data", "mnist", "--data", _folder["none"]);
            Assert.Equal(StnTool.Failure, absent.Code);
            Assert.Contains(_folder["none"], absent.Error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("STN_HOME", before);
        }
    }
}
