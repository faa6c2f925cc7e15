using Stn.Experiments.Catalogue;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Training;

public sealed class CheckpointTests : TensorTest
{
    private readonly Trial _trial = new();

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_with_every_difference()
    {
        var message = RefusalOf(Trial.Of("rts/cnn-pooled"));
        Assert.Contains(_trial.Resume, message, StringComparison.Ordinal);
        Assert.Contains("transformer.localisation", message, StringComparison.Ordinal);
        Assert.Contains("is not in the network", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_optimiser_is_refused() =>
        Assert.Contains("velocity.classifier.conv1.weight is missing", RefusalOf(Trial.Config("optimiser=sgd", "momentum=0.9")), StringComparison.Ordinal);

    [Fact]
    public void A_missing_tensor_is_named()
    {
        Stop();
        Rewrite(entry => entry.Key != "model.classifier.fc.bias", _ => true);
        Assert.Contains("classifier.fc.bias is missing", Refusal<InvalidDataException>(Trial.Config()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("loss_sum")]
    [InlineData("seconds")]
    public void A_missing_entry_of_the_position_is_named(string key)
    {
        Stop();
        Rewrite(_ => true, entry => entry.Key != key);
        var message = Refusal<InvalidDataException>(Trial.Config());
        Assert.Contains($"'{key}'", message, StringComparison.Ordinal);
        Assert.Contains(_trial.Resume, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(3000)]
    public void A_truncated_checkpoint_is_refused_by_name(int length)
    {
        Stop();
        File.WriteAllBytes(_trial.Resume, File.ReadAllBytes(_trial.Resume)[..length]);
        Assert.Contains(_trial.Resume, Refusal<TensorFileException>(Trial.Config()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_beside_a_refused_checkpoint_is_left_as_it_was()
    {
        Stop();
        var (config, metrics) = (File.ReadAllText(Path.Combine(_trial.Path, "config.json")), File.ReadAllText(_trial.Metrics));
        Rewrite(_ => true, entry => entry.Key != "step");
        Refusal<InvalidDataException>(Trial.Config());
        Assert.Equal(config, File.ReadAllText(Path.Combine(_trial.Path, "config.json")));
        Assert.Equal(metrics, File.ReadAllText(_trial.Metrics));
        Assert.True(File.Exists(_trial.Weights));
    }

    [Fact]
    public void Other_images_are_another_run()
    {
        Stop();
        var config = Trial.Config();
        var sets = ExperimentCatalogue.Find(config.Experiment).Task.Sets(new DataSources(() => GlyphDigits.Mnist(99, 50)), config);
        using var run = RunFolder.Open(_trial.Path);
        var error = Assert.Throws<InvalidDataException>(() => TrainLoop.Run(config, sets, run, new Watcher(), () => false));
        Assert.Contains("manifest.json: the run learned from other images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_threads_is_worth_a_word()
    {
        Stop();
        var watcher = new Watcher();
        _trial.Train(Trial.Config(), stopAfter: 1, watcher: watcher);
        Assert.Empty(watcher.Notes);
        _trial.Train(Trial.Config(), stopAfter: 1, watcher: watcher, threads: 2);
        Assert.Contains("threads was 1 and is 2", Assert.Single(watcher.Notes), StringComparison.Ordinal);
        var manifest = RunManifest.Read(Path.Combine(_trial.Path, "manifest.json"));
        Assert.Equal([(0, 1), (8, 2)], manifest.Parts.Select(part => ((int)part.Step, part.Threads)));
    }

    protected override void Dispose(bool disposing)
    {
        _trial.Dispose();
        base.Dispose(disposing);
    }

    private void Stop() => _trial.Train(Trial.Config(), stopAfter: 7);

    private string RefusalOf(TrainingConfig config)
    {
        Stop();
        return Refusal<InvalidDataException>(config);
    }

    private string Refusal<T>(TrainingConfig config)
        where T : Exception => Assert.Throws<T>(() => _trial.Train(config)).Message;

    private void Rewrite(Func<KeyValuePair<string, HostTensor>, bool> tensors, Func<KeyValuePair<string, string>, bool> metadata)
    {
        var file = Safetensors.Read(_trial.Resume);
        Safetensors.Write(_trial.Resume, file.Tensors.Where(tensors), file.Metadata.Where(metadata));
    }
}
