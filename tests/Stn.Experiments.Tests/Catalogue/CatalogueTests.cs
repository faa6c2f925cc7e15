using System.Text.RegularExpressions;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Networks;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Catalogue;

public sealed partial class CatalogueTests : TensorTest
{
    [Fact]
    public void Names_are_unique_and_of_the_form_data_and_network()
    {
        Assert.Equal(ExperimentCatalogue.All.Count, ExperimentCatalogue.All.Select(e => e.Name).Distinct().Count());
        Assert.All(ExperimentCatalogue.All, e => Assert.Matches(Name(), e.Name));
        Assert.All(ExperimentCatalogue.All, e => Assert.StartsWith(e.Task.Name + "/", e.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_network_of_table_1_is_there_for_every_distortion()
    {
        var names = ExperimentCatalogue.All.Select(e => e.Name).ToHashSet();
        foreach (var data in new[] { "r", "rts", "p", "e", "tc" })
        {
            foreach (var network in new[] { "fcn", "cnn", "st-fcn-aff", "st-fcn-proj", "st-fcn-tps", "st-cnn-aff", "st-cnn-proj", "st-cnn-tps" })
                Assert.Contains($"{data}/{network}", names);
        }

        Assert.Equal(36, DigitExperiments.All.Count(e => e.Paper is not null));
        Assert.Equal(
            ["rts/fcn-canvas", "rts/cnn-pooled", "tc/fcn-canvas", "tc/cnn-pooled"],
            from task in DigitTasks.All
            from kind in DigitNetworks.Kinds
            where kind.IsAnotherReading && kind.IsFor(new DigitImages(task.Shape.Plane))
            select $"{task.Name}/{kind.Name}");
        Assert.Superset(DigitNetworks.Kinds.Where(kind => kind.IsAnotherReading).Select(kind => $"tc/{kind.Name}").ToHashSet(), names);
    }

    /// <summary>The paper's table 1, row by row, and the numbers for TC in its text.</summary>
    [Theory]
    [InlineData("fcn", 2.1, 5.2, 3.1, 3.2, 13.2)]
    [InlineData("cnn", 1.2, 0.8, 1.5, 1.4, 3.5)]
    [InlineData("st-fcn-aff", 1.2, 0.8, 1.5, 2.7, 2.0)]
    [InlineData("st-fcn-proj", 1.3, 0.9, 1.4, 2.6, null)]
    [InlineData("st-fcn-tps", 1.1, 0.8, 1.4, 2.4, null)]
    [InlineData("st-cnn-aff", 0.7, 0.5, 0.8, 1.2, 1.7)]
    [InlineData("st-cnn-proj", 0.8, 0.6, 0.8, 1.3, null)]
    [InlineData("st-cnn-tps", 0.7, 0.5, 0.8, 1.1, null)]
    public void The_papers_numbers_are_at_their_experiments(string network, double r, double rts, double p, double e, double? tc) => Assert.Equal(
        [r, rts, p, e, tc],
        new[] { "r", "rts", "p", "e", "tc" }.Select(data => ExperimentCatalogue.Find($"{data}/{network}").Paper?.Error));

    [Fact]
    public void Networks_of_a_data_set_have_as_many_parameters_within_two_percent()
    {
        foreach (var data in DigitExperiments.All.Where(e => e.Paper is not null).GroupBy(e => e.Task.Name))
        {
            var counts = data.Select(Parameters).ToList();
            Assert.True(counts.Max() <= 1.02 * counts.Min(), $"{data.Key}: {counts.Min()} to {counts.Max()} parameters");
        }
    }

    [Fact]
    public void The_pooled_network_is_what_stands_behind_the_transformer()
    {
        using var alone = ExperimentCatalogue.Find("rts/cnn-pooled").Network();
        using var behind = ExperimentCatalogue.Find("rts/st-cnn-aff").Network();
        Assert.Equal(Shapes(alone), Shapes(behind).Where(name => !name.StartsWith("transformer.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_network_takes_the_images_of_its_task_and_gives_a_logit_for_each_class()
    {
        foreach (var experiment in ExperimentCatalogue.All)
        {
            using var network = experiment.Network();
            using var scope = new TensorScope();
            var logits = network.Forward(Tensor.Zeros(experiment.Task.Shape.Batch(2))).Shape;
            Assert.Equal((2, experiment.Task.Classes), (logits[0], logits[^1]));
        }
    }

    [Fact]
    public void Every_protocol_resolves_and_knows_where_it_came_from()
    {
        foreach (var experiment in ExperimentCatalogue.All)
        {
            foreach (var protocol in experiment.Protocols.Keys)
            {
                var config = experiment.Config(protocol);
                Assert.Equal((experiment.Name, protocol), (config.Experiment, config.Protocol));
                Experiments.Training.ConfigFile.Validate(config);
            }
        }
    }

    [Fact]
    public void Unknown_names_are_answered_with_the_known_ones()
    {
        Assert.Contains("rts/st-cnn-aff", Assert.Throws<ArgumentException>(() => ExperimentCatalogue.Find("rts/none")).Message, StringComparison.Ordinal);
        Assert.Contains("fast or paper", Assert.Throws<ArgumentException>(() => ExperimentCatalogue.All[0].Config("slow")).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("^[a-z0-9-]+/[a-z0-9-]+$")]
    private static partial Regex Name();

    [Fact]
    public void Networks_that_add_have_400_000_parameters_and_pairs_of_transformers_share_none()
    {
        var addition = ExperimentCatalogue.All.Where(e => e.Task.Name == "addition").ToList();
        Assert.Equal(8, addition.Count);
        Assert.All(addition, e => Assert.InRange(Parameters(e), 396_000, 404_000));
        using var pair = ExperimentCatalogue.Find("addition/2st-fcn-aff").Network();
        var names = pair.Parameters().Select(p => p.Name).ToList();
        Assert.Contains("transformer.0.localisation.theta.bias", names);
        Assert.Contains("transformer.1.localisation.theta.bias", names);
        Assert.Equal(4 * 21 * 21, pair.Parameters().Single(p => p.Name == "classifier.fc1.weight").Parameter.Value.Size(1));
    }

    private static long Parameters(Experiment experiment)
    {
        using var network = experiment.Network();
        return network.CountLearned();
    }

    private static IEnumerable<string> Shapes(Module network) =>
        network.Parameters().Select(p => $"{p.Name} {string.Join("×", p.Parameter.Value.Shape)}");
}
