using System.Text.RegularExpressions;
using Stn.Experiments.Catalogue;
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

    [Theory]
    [InlineData("rts/cnn", 222_026)]
    [InlineData("rts/cnn-pooled", 206_666)]
    [InlineData("rts/st-cnn-aff", 223_752)]
    public void Networks_have_as_many_parameters_as_documented(string name, long parameters)
    {
        using var network = ExperimentCatalogue.Find(name).Network();
        Assert.Equal(parameters, network.CountLearned());
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
            Assert.Equal([2, experiment.Task.Classes], network.Forward(Tensor.Zeros(experiment.Task.Shape.Batch(2))).Shape);
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

    private static IEnumerable<string> Shapes(Module network) =>
        network.Parameters().Select(p => $"{p.Name} {string.Join("×", p.Parameter.Value.Shape)}");
}
