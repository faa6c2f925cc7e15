using Stn.Testing;

namespace Stn.Cli.Tests;

public sealed class FigureCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Figure_3_goes_into_the_folder_asked_for()
    {
        var file = _folder["new/figure-3.png"];
        Assert.Equal(file, Tool.Run("figure", "3", "-o", _folder["new"]).Output.Trim());
        Assert.True(File.Exists(file));
        var json = Tool.Run("figure", "3", "-o", _folder["new"], "--json").Json;
        Assert.Equal(("3", file), (json.GetProperty("figure").GetString(), json.GetProperty("files")[0].GetString()));
    }

    [Fact]
    public void What_is_no_figure_exits_with_2_and_a_folder_that_is_a_file_with_1()
    {
        var unknown = Tool.Run("figure", "9", "-o", _folder["new"]);
        Assert.Equal(StnTool.Usage, unknown.Code);
        Assert.Contains("there is no figure '9'; there are 1, means, data, 3, 4, 5, addition, transformations, numbers, birds", unknown.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]));
        File.WriteAllText(_folder["file"], string.Empty);
        var blocked = Tool.Run("figure", "3", "-o", _folder["file"]);
        Assert.Equal(StnTool.Failure, blocked.Code);
        Assert.Contains(_folder["file"], blocked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_1_is_made_of_the_networks_that_there_are_and_the_missing_ones_are_named()
    {
        using var home = new TemporaryHome();
        var none = Tool.Run("figure", "1", "-o", _folder["new"]);
        Assert.Equal(StnTool.Failure, none.Code);
        Assert.Contains("needs a cnn and an st-cnn of the same data; trained networks are missing: r/cnn, r/st-cnn-aff, ", none.Error, StringComparison.Ordinal);

        Train("r/cnn");
        Train("r/st-cnn-aff");
        var some = Tool.Run("figure", "1", "-o", _folder["new"]);
        Assert.True(some.Code == 0, some.Error);
        Assert.Equal(_folder["new/figure-1-r.png"], some.Output.Trim());
        Assert.Contains("are missing: r/st-cnn-proj, r/st-cnn-tps, rts/cnn", some.Error, StringComparison.Ordinal);

        static void Train(string name) => Assert.Equal(0, Tool.Run(["train", name, "--epochs", "1", .. Tool.Small]).Code);
    }
}
