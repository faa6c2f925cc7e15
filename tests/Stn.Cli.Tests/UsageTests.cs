using Stn.Testing;

namespace Stn.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_command_at_all_prints_the_help()
    {
        var bare = Tool.Run();
        Assert.Equal((0, string.Empty), (bare.Code, bare.Error));
        Assert.Equal(Tool.Run("--help").Output, bare.Output);
        Assert.All(["demo", "list", "train", "eval", "warp", "figure", "data", "check", "bench", "doctor"], command => Assert.Contains($"  {command} ", bare.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("list")]
    [InlineData("train")]
    [InlineData("eval")]
    [InlineData("warp")]
    [InlineData("figure")]
    [InlineData("data")]
    [InlineData("check")]
    [InlineData("bench")]
    [InlineData("doctor")]
    public void Every_command_has_help(string command)
    {
        var help = Tool.Run(command, "--help");
        Assert.Equal((0, string.Empty), (help.Code, help.Error));
        Assert.Contains("--json", help.Output, StringComparison.Ordinal);
        Assert.Contains($"Usage:\n  stn {command} ", help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tain", "tain")]
    [InlineData("train rts/cnn --epoch 3", "--epoch")]
    [InlineData("train", "which experiment?")]
    [InlineData("train --resume", "which run?")]
    [InlineData("train --resume a --out b", "--resume and --out")]
    [InlineData("train rts/none", "there is no experiment 'rts/none'; there are r/fcn, r/cnn, ")]
    [InlineData("train rts/cnn --protocol slow", "has no protocol 'slow': use fast or paper")]
    [InlineData("train rts/cnn --epochs 0", "epochs must be 1 or more, got 0")]
    [InlineData("train rts/cnn --epochs -1", "epochs must be 1 or more, got -1")]
    [InlineData("train rts/cnn --epochs x", "x")]
    [InlineData("train rts/cnn --seed -1", "-1")]
    [InlineData("train rts/cnn --threads 0", "--threads must be 1 or more, got 0")]
    [InlineData("train rts/cnn --threads -1", "--threads must be 1 or more, got -1")]
    [InlineData("train rts/cnn --device tpu", "'tpu' is no device")]
    [InlineData("train rts/cnn --set rat=1", "'rat' is no setting; the settings are seed")]
    [InlineData("train rts/cnn --set batch=99999999999", "batch=99999999999: expected a whole number")]
    [InlineData("train rts/cnn --set batch=101", "100 images do not fill one batch of 101")]
    [InlineData("train rts/cnn --set train_images=101", "train_images is 101, there are 100")]
    [InlineData("train rts/cnn --freeze head --set batch=16", "no part 'head'")]
    [InlineData("demo --epochs 0", "epochs must be 1 or more")]
    [InlineData("eval", "Required argument missing")]
    [InlineData("data cifar", "there is no data set 'cifar'")]
    public void A_wrong_command_line_exits_with_2_and_says_why(string line, string message)
    {
        var args = line.Split(' ');
        var outcome = Tool.Run(args is ["train" or "demo", ..] && !line.Contains("--resume", StringComparison.Ordinal) ? [.. args, "--out", _folder["run"]] : args);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.StartsWith("stn: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("train rts/cnn --device cuda:9", "cuda:9 cannot be used")]
    [InlineData("demo --device cuda:9", "cuda:9 cannot be used")]
    [InlineData("check --quick --device cuda:9", "cuda:9 cannot be used")]
    [InlineData("train rts/cnn --init /nowhere.pt --set batch=16", "/nowhere.pt: there is no such weights file")]
    [InlineData("train --resume /nowhere", "/nowhere holds no run")]
    [InlineData("eval /nowhere", "/nowhere: there is no such run or weights file")]
    public void Work_that_fails_exits_with_1_and_leaves_nothing(string line, string message)
    {
        var args = line.Split(' ');
        var outcome = Tool.Run(args is ["train" or "demo", ..] && !line.Contains("--resume", StringComparison.Ordinal) ? [.. args, "--out", _folder["a/run"]] : args);
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_named()
    {
        File.WriteAllText(_folder["run"], string.Empty);
        var outcome = Tool.Run(["train", "rts/cnn", "--out", _folder["run"], .. Tool.Small]);
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Contains(_folder["run"], outcome.Error, StringComparison.Ordinal);
    }
}
