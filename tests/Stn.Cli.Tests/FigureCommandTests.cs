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
        Assert.Contains("there is no figure '9'; there are data, 3, transformations", unknown.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["new"]));
        File.WriteAllText(_folder["file"], string.Empty);
        var blocked = Tool.Run("figure", "3", "-o", _folder["file"]);
        Assert.Equal(StnTool.Failure, blocked.Code);
        Assert.Contains(_folder["file"], blocked.Error, StringComparison.Ordinal);
    }
}
