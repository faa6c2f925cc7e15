using Stn.Data.Pictures;
using Stn.Experiments.Tests;
using Stn.Testing;

namespace Stn.Cli.Tests;

public sealed class PredictCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder["run"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_of_a_folder_are_answered_with_probabilities_theta_and_warped_pictures()
    {
        Train("rts/st-cnn-aff");
        Save("b.png", 3);
        Save("a.png", 7);
        var json = Tool.Run("predict", Run, _folder["pictures"], "--warped", _folder["warped"], "--json").Json;
        Assert.Equal([_folder["pictures/a.png"], _folder["pictures/b.png"]], json.EnumerateArray().Select(p => p.GetProperty("file").GetString()));
        Assert.All(json.EnumerateArray(), one =>
        {
            var probabilities = one.GetProperty("probabilities").EnumerateArray().Select(p => p.GetDouble()).ToArray();
            Assert.Equal(1, probabilities.Sum(), 5);
            Assert.Equal(Array.IndexOf(probabilities, probabilities.Max()), one.GetProperty("class").GetInt32());
            Assert.Equal(6, one.GetProperty("theta").GetArrayLength());
            Assert.Contains("28x28 scaled to 28x28 in the middle of 42x42", one.GetProperty("preparation").GetString(), StringComparison.Ordinal);
        });
        Assert.Equal(42 * 4, Picture.Load(_folder["warped/a.png"]).Width);

        var lines = Tool.Run("predict", Run, _folder["pictures"], "--csv").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("file,class,p0,", lines[0], StringComparison.Ordinal);
        Assert.Equal(json[0].GetProperty("class").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture), lines[1].Split(',')[1]);
        Assert.Matches("a.png: [0-9] .*θ ", Tool.Run("predict", Run, _folder["pictures/a.png"]).Output);
    }

    [Fact]
    public void Warped_pictures_never_overwrite_the_pictures_themselves()
    {
        Train("rts/st-cnn-aff");
        Save("a.png", 7);
        var before = File.ReadAllBytes(_folder["pictures/a.png"]);
        foreach (var pictures in new[] { _folder["pictures"], _folder["pictures/a.png"] })
        {
            var refused = Tool.Run("predict", Run, pictures, "--warped", Path.Combine(_folder["warped"], "..", "pictures"));
            Assert.Equal(StnTool.Usage, refused.Code);
            Assert.Contains("a.png is one of the pictures and would be overwritten", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(_folder["pictures/a.png"]));
    }

    [Fact]
    public void What_cannot_be_answered_is_refused_by_name()
    {
        Train("rts/cnn-pooled");
        Save("a.png", 7);
        var warped = Tool.Run("predict", Run, _folder["pictures"], "--warped", _folder["warped"]);
        Assert.Equal(StnTool.Usage, warped.Code);
        Assert.Contains("rts/cnn-pooled has no spatial transformer", warped.Error, StringComparison.Ordinal);
        Assert.Contains("there is no such picture", Tool.Run("predict", Run, _folder["none.png"]).Error, StringComparison.Ordinal);
        File.WriteAllText(_folder["pictures/c.png"], "no picture");
        Assert.Contains("c.png", Tool.Run("predict", Run, _folder["pictures"]).Error, StringComparison.Ordinal);
        Assert.Contains("holds no run", Tool.Run("predict", _folder["pictures"], _folder["pictures/a.png"]).Error, StringComparison.Ordinal);
    }

    private void Train(string experiment) => Assert.Equal(0, Tool.Run(["train", experiment, "--epochs", "1", "--out", Run, .. Tool.Small]).Code);

    private void Save(string name, int digit)
    {
        Directory.CreateDirectory(_folder["pictures"]);
        var image = GlyphDigits.Of(10).Image(digit).ToArray().Select(v => v / 255f).ToArray();
        Picture.FromGrey(image, 28, 28).SavePng(_folder["pictures/" + name]);
    }
}
