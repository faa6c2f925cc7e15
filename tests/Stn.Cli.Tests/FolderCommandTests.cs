using Stn.Data.Pictures;
using Stn.Experiments.Tests;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Cli.Tests;

/// <summary>Training on pictures of one's own: the glyphs of three classes in files.</summary>
public sealed class FolderCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderCommandTests()
    {
        var digits = GlyphDigits.Of(80);
        for (var i = 0; i < digits.Count; i++)
        {
            if (digits.Labels[i] > 2)
                continue;
            var grey = digits.Image(i).ToArray().Select(p => p / 255f).ToArray();
            Directory.CreateDirectory(_folder[$"pictures/kind {digits.Labels[i]}"]);
            Picture.FromGrey(grey, 28, 28).SavePng(_folder[$"pictures/kind {digits.Labels[i]}/{i:d2}.png"]);
        }
    }

    private string Pictures => _folder["pictures"];

    private string Run => _folder["run"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_trains_is_evaluated_and_goes_on_like_any_other_run()
    {
        var outcome = Train("--json");
        Assert.Equal(0, outcome.Code);
        Assert.Equal("folder/st-cnn-aff", outcome.Json.GetProperty("experiment").GetString());
        Assert.Contains("3 classes, 18 pictures to learn from, 6 to validate with", outcome.Error, StringComparison.Ordinal);
        var config = File.ReadAllText(Path.Combine(Run, "config.json"));
        Assert.All(["\"kind 0\"", "\"kind 2\"", "\"channels\": 1", "\"size\": 28"], part => Assert.Contains(part, config, StringComparison.Ordinal));
        Assert.Contains("kind 1", File.ReadAllText(Path.Combine(Run, "report.html")), StringComparison.Ordinal);

        var evaluated = Tool.Run("eval", Run);
        Assert.Equal(0, evaluated.Code);
        Assert.Contains("on 6 images", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("kind 2:", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("the run is complete", Tool.Run("train", "--resume", Run).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_predicted_as_the_run_saw_them_with_the_names_of_their_classes()
    {
        Assert.Equal(0, Train().Code);
        var picture = Directory.GetFiles(_folder["pictures/kind 1"])[0];
        var one = Tool.Run("predict", Run, picture, "--warped", _folder["warped"], "--json").Json[0];
        Assert.Equal($"kind {one.GetProperty("class").GetInt32()}", one.GetProperty("name").GetString());
        Assert.Equal("28x28, crop, to 28x28, grey", one.GetProperty("preparation").GetString());
        Assert.Equal(3, one.GetProperty("probabilities").GetArrayLength());
        Assert.Equal(6, one.GetProperty("theta").GetArrayLength());
        Assert.Single(Directory.GetFiles(_folder["warped"]));
        Assert.Contains(": kind ", Tool.Run("predict", Run, picture).Output, StringComparison.Ordinal);
        Assert.Contains("--ink is for digits", Tool.Run("predict", Run, picture, "--ink", "dark").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder/resnet18", null)]
    [InlineData("folder/st-resnet18-aff", "transformer.localisation.theta.weight")]
    public void A_standard_network_learns_them_in_colour_too(string network, string? learned)
    {
        var outcome = Tool.Run(
            "train", network, "--data", Pictures, "--size", "32", "--channels", "3", "--epochs", "1", "--set", "batch=6", "--threads", "1", "--out", Run);
        Assert.Equal(0, outcome.Code);
        var names = Safetensors.Read(Path.Combine(Run, "checkpoints", "model.safetensors")).Tensors.Keys;
        Assert.Contains("backbone.layer4.1.conv2.weight", names);
        Assert.Equal(learned is not null, names.Any(name => name.StartsWith("transformer", StringComparison.Ordinal)));
        Assert.True(learned is null || names.Contains(learned));
        Assert.Equal(0, Tool.Run("predict", Run, Directory.GetFiles(_folder["pictures/kind 1"])[0]).Code);
    }

    [Fact]
    public void A_broken_picture_is_named_and_nothing_is_left_behind()
    {
        var broken = Break();
        var outcome = Train();
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Contains("1 of 25 pictures cannot be read", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(broken, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--skip-broken", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void A_broken_picture_is_left_out_where_asked_for_and_still_named()
    {
        var broken = Break();
        var outcome = Train("--skip-broken");
        Assert.Equal(0, outcome.Code);
        Assert.Contains($"1 of 25 pictures cannot be read: {broken}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("they are left out", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_pictures_are_another_run()
    {
        Train();
        File.Delete(Directory.GetFiles(_folder["pictures/kind 0"])[0]);
        var outcome = Tool.Run("train", "--resume", Run);
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Contains("learned from other images", outcome.Error, StringComparison.Ordinal);
        Directory.Delete(_folder["pictures/kind 0"], recursive: true);
        Assert.Contains("the run knows kind 0, kind 1, kind 2", Tool.Run("train", "--resume", Run).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size cannot change", "--size", "32")]
    [InlineData("learns from ", "--data", "elsewhere")]
    public void A_run_keeps_the_images_that_it_was_started_with(string message, params string[] options)
    {
        Train();
        var outcome = Tool.Run(["train", "--resume", Run, .. options]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_folder_is_found_by_the_experiments_name() => Assert.Contains(
        "folder-st-cnn-aff-fast-seed77 holds no run", Tool.Run("train", "folder/st-cnn-aff", "--seed", "77", "--resume").Error, StringComparison.Ordinal);

    [Fact]
    public void Settings_changed_by_hand_and_batches_that_cannot_be_made_are_told_in_a_line()
    {
        Train();
        var config = Path.Combine(Run, "config.json");
        var kept = Directory.GetFiles(_folder["pictures/kind 1"])[0];
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"size\": 28", "\"size\": -5", StringComparison.Ordinal));
        var outcome = Tool.Run("eval", Run);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains("--size must be from 28 to 1024, got -5", outcome.Error, StringComparison.Ordinal);
        Assert.True(StnTool.IsExpected(new InvalidOperationException("the batch could not be made", new InvalidDataException(kept))));
        Assert.False(StnTool.IsExpected(new InvalidOperationException("a fault of ours", new NotSupportedException())));
    }

    [Theory]
    [InlineData("train_images, test_images and validation choose among digits", "folder/cnn", "--data", "pictures", "--size", "28", "--set", "train_images=5")]
    [InlineData("folder/st-cnn-aff needs pictures: --data <folder>", "folder/st-cnn-aff")]
    [InlineData("there are folder/cnn, folder/st-cnn-aff", "folder/nothing", "--data", "pictures")]
    [InlineData("--size is an option of folder/… experiments", "rts/cnn", "--size", "32")]
    [InlineData("--size must be from 28 to 1024, got 8", "folder/cnn", "--data", "pictures", "--size", "8")]
    [InlineData("fit must be crop, pad or stretch, got 'squeeze'", "folder/cnn", "--data", "pictures", "--fit", "squeeze")]
    [InlineData("'spin' is no augmentation", "folder/cnn", "--data", "pictures", "--augment", "spin")]
    [InlineData("the validation share, what is held out of each class, lies between 0 and 1 (got 2)", "folder/cnn", "--data", "pictures", "--size", "28", "--validation-share", "2")]
    [InlineData("has no protocol 'paper'", "folder/cnn", "--data", "pictures", "--size", "28", "--protocol", "paper")]
    public void A_wrong_command_line_says_why(string message, params string[] line)
    {
        var outcome = Tool.Run(["train", .. line.Select(word => word == "pictures" ? Pictures : word)]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    private Outcome Train(params string[] more) => Tool.Run(
        ["train", "folder/st-cnn-aff", "--data", Pictures, "--size", "28", "--epochs", "1", "--validation-share", "0.25", "--out", Run, "--threads", "1", "--set", "batch=6", .. more]);

    private string Break()
    {
        var path = _folder["pictures/kind 1/broken.png"];
        File.WriteAllText(path, "not a picture");
        return path;
    }
}
