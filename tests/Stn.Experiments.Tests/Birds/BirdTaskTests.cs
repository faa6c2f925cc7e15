using Stn.Data;
using Stn.Data.Birds;
using Stn.Data.Tests.Birds;
using Stn.Experiments.Birds;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.Birds;

public sealed class BirdTaskTests : TensorTest
{
    private const string Subset = "cub-200-2011-subset";
    private readonly TemporaryFolder _folder = new();

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public void The_split_is_CUBs_and_classes_have_their_names()
    {
        var sets = Sets("cub-small/2st-cnn-128");
        Assert.Equal((2, 2), (sets.Training.Count, sets.Evaluation.Count));
        Assert.Equal(["Black footed Albatross", "Laysan Albatross"], sets.ClassNames);
        Assert.Equal((1, 1), Counts(Sets("cub-small/2st-cnn-128", new TrainingConfig { Validation = 1 })));
        Assert.Contains("validation is 2, there are 1", Assert.Throws<ArgumentException>(() => Sets("cub-small/2st-cnn-128", new TrainingConfig { Validation = 2 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('1', "no bird to measure the error on")]
    [InlineData('0', "no bird to learn from")]
    public void A_split_of_one_part_is_refused_before_anything_is_trained(char flag, string message)
    {
        var path = Path.Combine(SmallCub.Write(_folder.Path), "train_test_split.txt");
        File.WriteAllLines(path, File.ReadAllLines(path).Select(line => line[..^1] + flag));
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => SetsOf(_folder.Path, "cub-small/2st-cnn-128")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_experiments_of_table_3_want_all_classes() =>
        Assert.Contains("has 2 of CUB's 200 classes", Assert.Throws<DataFormatException>(() => Sets("cub/cnn-224")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_network_trains_a_step_and_its_windows_are_measured()
    {
        var config = ExperimentCatalogue.Find("cub-small/2st-cnn-128").Config(Protocols.Fast) with { Batch = 2, Epochs = 1, LogEvery = 1 };
        var sets = Sets(config.Experiment);
        using var trial = new Trial();
        Assert.True(trial.Train(config, sets: sets).IsComplete);
        using var network = ExperimentCatalogue.Find(config).Network();
        // Fresh: the windows are the tiles. Of the birds to be measured on, the second's right eye is in the middle of its image, the fourth shows nothing.
        var coverage = WindowCoverage.Of(network, (BirdSet)sets.Evaluation)!;
        Assert.Equal((1, 0), (coverage.Heads, coverage.Bodies));
        Assert.Equal(["learned, 1", "learned, 2", "learned, any", "fixed, the middle", "fixed, any of the tiles"], coverage.Shares.Select(s => s.Window));
        Assert.All(coverage.Shares, share => Assert.Equal(100, share.Heads)); // on the edge of both tiles
        Assert.Null(WindowCoverage.Of(Own(ExperimentCatalogue.Find("cub-small/cnn-64").Network()), (BirdSet)sets.Evaluation));
    }

    /// <summary>The subset's other files are in CUB's form with ids from 0 and 0 for training; the reader goes by the file with the parts.</summary>
    [FactWithSharedData(Subset)]
    public void Real_birds_are_read_with_their_split_classes_and_parts()
    {
        var folder = SharedData.Folder(Subset);
        var birds = BirdPictures.Open(folder);
        Assert.Equal((2999, 2903), (birds.Birds.Count(b => b.IsTraining), birds.Birds.Count(b => !b.IsTraining)));
        Assert.Equal(File.ReadLines(Path.Combine(folder, "classes.txt")).Select(line => line.Split(", ")[1].Replace('_', ' ')), birds.ClassNames);
        var (files, labels, tests) = (Column("images.txt"), Column("image_class_labels.txt"), Column("train_test_split.txt"));
        Assert.Equal(
            files.Keys.Select(id => (Path.Combine("images", files[id]), labels[id], tests[id] == "0")).Order(),
            birds.Birds.Select(b => (b.File, $"{b.Label}", b.IsTraining)).Order());
        Assert.Equal(70_267, birds.Birds.Sum(b => b.Parts.Count));

        Dictionary<string, string> Column(string name) => File.ReadLines(Path.Combine(folder, name)).Select(line => line.Split(", ")).ToDictionary(f => f[0], f => f[1]);
    }

    private static (int Training, int Evaluation) Counts(SampleSets sets) => (sets.Training.Count, sets.Evaluation.Count);

    private SampleSets Sets(string experiment, TrainingConfig? config = null) => SetsOf(SmallCub.Write(_folder.Path), experiment, config);

    private static SampleSets SetsOf(string folder, string experiment, TrainingConfig? config = null)
    {
        var sources = new DataSources(() => GlyphDigits.Mnist(10, 10)) { BirdFolder = folder };
        return ExperimentCatalogue.Find(experiment).Task.Sets(sources, config ?? new TrainingConfig());
    }
}
