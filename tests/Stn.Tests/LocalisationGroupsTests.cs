using Stn.Kernels;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;
using Stn.Transformations;

namespace Stn.Tests;

public sealed class LocalisationGroupsTests : TensorTest
{
    [Fact]
    public void The_localisation_networks_of_all_transformers_form_one_group()
    {
        using var network = new Sequential(("first", Transformer()), ("inner", new Sequential(("second", Transformer()))), ("fc", new Linear(4, 2)));
        var groups = LocalisationGroups.Split(network, 0.1);
        Assert.Equal(["rest", LocalisationGroups.Name], groups.Select(g => g.Name));
        Assert.Equal((1, 0.1), (groups[0].RateFactor, groups[1].RateFactor));
        Assert.Equal(["fc.weight", "fc.bias"], groups[0].Parameters.Select(p => p.Name));
        Assert.All(groups[1].Parameters, p => Assert.Matches("^(first|inner[.]second)[.]localisation[.]", p.Name));
        Assert.Equal(network.Parameters().Count(), groups.Sum(g => g.Parameters.Count));
    }

    [Fact]
    public void A_transformer_alone_is_found_too()
    {
        using var transformer = Transformer();
        Assert.Equal(LocalisationGroups.Name, LocalisationGroups.Split(transformer, 0.5)[^1].Name);
    }

    [Fact]
    public void Without_a_transformer_there_is_one_group_at_the_full_rate()
    {
        using var network = new Linear(3, 2);
        Assert.Equal([1.0], LocalisationGroups.Split(network, 0.1).Select(g => g.RateFactor));
    }

    [Fact]
    public void A_rate_of_zero_keeps_the_localisation_network_where_it_is()
    {
        using var transformer = Transformer();
        using var optimiser = new Sgd(LocalisationGroups.Split(transformer, 0));
        var before = transformer.Parameters().Select(p => p.Parameter.Value.ToArray<float>()).ToArray();
        foreach (var (_, parameter) in transformer.Parameters())
            parameter.Value.Grad = Torch.Tensor.Ones(parameter.Value.Shape);
        optimiser.Step(1);
        Assert.Equal(before, transformer.Parameters().Select(p => p.Parameter.Value.ToArray<float>()));
    }

    private static SpatialTransformer Transformer()
    {
        var affine = new AffineTransformation();
        return new SpatialTransformer(LocalisationNetwork.FullyConnected(1, new Plane(4, 4), affine), affine);
    }
}
