using Stn.Data.Numbers;
using Stn.Data.Pictures;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.Numbers;

/// <summary>On four pictures in SVHN's form: the index of tests/golden/svhn, and grey pictures of its names.</summary>
public sealed class SvhnTaskTests : TensorTest
{
    private readonly TemporaryFolder _folder = new();

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public void Training_takes_train_and_extra_and_numbers_of_more_than_five_digits_are_left_out()
    {
        var sets = Sets(new TrainingConfig());
        Assert.Equal((6, 3), (sets.Training.Count, sets.Evaluation.Count)); // 14.png has six digits
        Assert.Equal((2, 1), Counts(Sets(new TrainingConfig { TrainImages = 2, TestImages = 1 })));
        Assert.Contains("test_images is 4, there are 3", Assert.Throws<ArgumentException>(() => Sets(new TrainingConfig { TestImages = 4 })).Message, StringComparison.Ordinal);
        Assert.Equal((4, 2), Counts(Sets(new TrainingConfig { Validation = 2 })));
        Assert.Contains("validation is 6, there are 6 pictures", Assert.Throws<ArgumentException>(() => Sets(new TrainingConfig { Validation = 6 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_has_five_labels_and_training_windows_move()
    {
        var sets = Sets(new TrainingConfig());
        var (one, other, labels) = (new float[3 * 64 * 64], new float[3 * 64 * 64], new long[5]);
        sets.Training.Render(0, 0, one, labels);
        sets.Training.Render(0, 1, other, labels);
        Assert.NotEqual(one, other);
        Assert.Equal([1, 9, 10, 10, 10], labels);
        sets.Evaluation.Render(0, 0, one, labels);
        sets.Evaluation.Render(0, 1, other, labels);
        Assert.Equal(one, other);
    }

    [Fact]
    public void The_papers_network_trains_a_step_and_its_sequences_are_evaluated()
    {
        var config = ExperimentCatalogue.Find("svhn64/st-cnn-single").Config(Protocols.Paper) with { Batch = 3, Epochs = 1, Steps = 1, LogEvery = 1 };
        using var trial = new Trial();
        var outcome = trial.Train(config, sets: Sets(config));
        Assert.True(outcome.IsComplete);
        Assert.InRange(outcome.Error, 0, 100);
    }

    private static (int Training, int Evaluation) Counts(SampleSets sets) => (sets.Training.Count, sets.Evaluation.Count);

    private SampleSets Sets(TrainingConfig config)
    {
        foreach (var part in new[] { "train", "test", "extra" })
        {
            Directory.CreateDirectory(_folder[part]);
            File.Copy(RepositoryFolder.Golden("svhn", "digitStruct.mat"), _folder[$"{part}/digitStruct.mat"], overwrite: true);
            foreach (var name in new[] { "1.png", "2.png", "3.png", "14.png" })
                Shades().SavePng(_folder[$"{part}/{name}"]);
        }

        var sources = new DataSources(() => GlyphDigits.Mnist(10, 10)) { SvhnSource = new SvhnSource(_folder.Path) };
        return ExperimentCatalogue.Find("svhn64/cnn").Task.Sets(sources, config);
    }

    private static Picture Shades() => Picture.FromGrey([.. Enumerable.Range(0, 300 * 430).Select(i => (i % 430) / 430f)], 300, 430);
}
