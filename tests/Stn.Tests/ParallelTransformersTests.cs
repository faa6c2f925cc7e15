using Stn.Kernels;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;
using Stn.Transformations;

namespace Stn.Tests;

public sealed class ParallelTransformersTests : TensorTest
{
    private static readonly Plane Size = new(6, 5);
    private static readonly AttentionTransformation Attention = new();

    // Two windows of half the size, one to the left and one to the right.
    private static readonly double[] Apart = [0.5, -0.5, 0, 0.5, 0.5, 0];

    [Fact]
    public void Outputs_stand_behind_each_other_along_the_channels_in_the_order_of_the_transformers()
    {
        var input = Tensor.RandomNormal([2, 3, 6, 5]);
        foreach (var parallel in new[] { Own(Separate(Apart)), Own(Shared(Apart)) })
        {
            var stacked = parallel.Forward(input);
            Assert.Equal([2, 6, 4, 4], stacked.Shape);
            for (var i = 0; i < 2; i++)
            {
                var theta = Tensor.From(Array.ConvertAll([.. Apart[(3 * i)..(3 * (i + 1))], .. Apart[(3 * i)..(3 * (i + 1))]], number => (float)number), 2, 3);
                AssertClose.Tensors(parallel.Transformers[i].Warp(input, theta), stacked.Narrow(1, 3 * i, 3).Detach(), new Tolerance(1e-6, 0));
            }
        }
    }

    [Fact]
    public void An_observer_sees_the_theta_of_each_with_its_transformer()
    {
        foreach (var parallel in new[] { Own(Separate(Apart)), Own(Shared(Apart)) })
        {
            var seen = new List<(int Index, float Left)>();
            parallel.Forward(Tensor.Zeros([1, 3, 6, 5]), new Pass
            {
                Observer = (module, name, value) =>
                {
                    Assert.Equal(SpatialTransformerModule.ThetaName, name);
                    seen.Add((parallel.Transformers.ToList().IndexOf((SpatialTransformer)module), value.ToArray<float>()[1]));
                },
            });
            Assert.Equal([(0, -0.5f), (1, 0.5f)], seen);
        }
    }

    [Fact]
    public void A_penalty_on_theta_lives_on()
    {
        foreach (var parallel in new[] { Own(Separate(Apart)), Own(Shared(Apart)) })
        {
            using var scope = new TensorScope();
            var guard = new Stn.Guards.ThetaGuard { IdentityPenalty = 0.5 };
            parallel.Forward(Tensor.Zeros([1, 3, 6, 5]), new Pass { Replace = guard.Through });
            Assert.True(guard.Penalty!.Item<float>() > 0);
        }
    }

    [Fact]
    public void Gradients_reach_input_and_every_theta()
    {
        GradientCheck.First(
            given =>
            {
                var network = new GivenTheta(given[1]);
                return ParallelTransformers.Shared(network, 2, (_, own) => new SpatialTransformer(own, Attention, output: new Plane(4, 4))).Forward(given[0]);
            },
            [GradientCheck.Input(3, 2, 1, 6, 5), Tensor.From([0.61, -0.2, 0.13, 0.7, 0.3, 0.08, 0.5, 0.11, -0.12, 0.9, 0.04, 0.09], 2, 6).RequireGrad()]);
    }

    [Fact]
    public void One_transformer_alone_is_that_transformer()
    {
        var parallel = Own(ParallelTransformers.Separate(1, _ => Transformer(Attention.Identity)));
        var input = Tensor.RandomNormal([2, 3, 6, 5]);
        Assert.Equal(parallel.Transformers[0].Forward(input).Detach().ToArray<float>(), parallel.Forward(input).Detach().ToArray<float>());
    }

    [Fact]
    public void Separate_networks_that_start_alike_are_told_apart_by_their_random_weights()
    {
        TorchRuntime.Seed(5);
        var parallel = Own(ParallelTransformers.Separate(2, _ => Transformer(Attention.Identity)));
        using var optimiser = new Adam(LocalisationGroups.Split(parallel, 1));
        for (var step = 0; step < 3; step++)
        {
            using var scope = new TensorScope();
            // A loss that asks the same of both outputs: it cannot tell them apart.
            var stacked = parallel.Forward(Tensor.RandomNormal([4, 3, 6, 5]), Pass.Training);
            optimiser.ZeroGrad();
            (stacked * stacked).Mean().Backward();
            optimiser.Step(1e-2);
        }

        var thetas = new List<float[]>();
        parallel.Forward(Tensor.RandomNormal([1, 3, 6, 5]), new Pass { Observer = (_, _, value) => thetas.Add(value.ToArray<float>()) });
        Assert.NotEqual(thetas[0], thetas[1]);
    }

    [Fact]
    public void Names_in_checkpoints_are_those_of_the_parts_and_localisation_has_its_own_group()
    {
        var separate = Own(new Sequential(("transformers", Separate(Apart))));
        var shared = Own(new Sequential(("transformers", Shared(Apart))));
        Assert.Contains("transformers.1.localisation.theta.bias", separate.Parameters().Select(p => p.Name));
        Assert.Equal(8, shared.Parameters().Count());
        Assert.All(shared.Parameters(), p => Assert.StartsWith("transformers.localisation.", p.Name, StringComparison.Ordinal));
        foreach (var network in new[] { separate, shared })
        {
            var groups = LocalisationGroups.Split(network, 0.1);
            Assert.Empty(groups[0].Parameters);
            Assert.Equal((LocalisationGroups.Name, network.Parameters().Count()), (groups[1].Name, groups[1].Parameters.Count));
        }
    }

    [Fact]
    public void Weights_go_through_a_file()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (Own(Separate(Apart)), Own(Separate([1, 0, 0, 1, 0, 0])));
        Safetensors.Write(folder["weights.safetensors"], one.State());
        other.Load(Safetensors.Read(folder["weights.safetensors"]).Tensors);
        var input = Tensor.RandomNormal([1, 3, 6, 5]);
        Assert.Equal(one.Forward(input).Detach().ToArray<float>(), other.Forward(input).Detach().ToArray<float>());
    }

    [Fact]
    public void Volumes_stand_side_by_side_too()
    {
        var affine = new AffineTransformation3D();
        var parallel = Own(ParallelTransformers.Separate(
            3, _ => new SpatialTransformer3D(LocalisationNetwork.FullyConnected(1, new Volume(2, 3, 4), affine), affine)));
        var volume = Tensor.RandomNormal([2, 1, 2, 3, 4]);
        AssertClose.Tensors(Tensor.Concatenate([volume, volume, volume], 1), parallel.Forward(volume).Detach(), new Tolerance(1e-5, 0));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ParallelTransformers.Separate(0, _ => Transformer(Apart)));
        var wrong = Own(ParallelTransformers.Shared(
            LocalisationNetwork.FullyConnected(3, Size, [1, 0, 0, 1, 0]), 2, (_, own) => new SpatialTransformer(own, Attention)));
        var error = Assert.Throws<ArgumentException>(() => wrong.Forward(Tensor.Zeros([2, 3, 6, 5])));
        Assert.Contains("(N, 6), got (2, 5)", error.Message, StringComparison.Ordinal);
        var alone = Assert.Throws<InvalidOperationException>(() => wrong.Transformers[0].Forward(Tensor.Zeros([2, 3, 6, 5])));
        Assert.Contains("ParallelTransformers", alone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Starting_windows_tile_the_image()
    {
        Assert.Equal([(0.0, 0.0)], StartingWindows.Tiles(1, 0.5));
        Assert.Equal([(-0.5, 0.0), (0.5, 0)], StartingWindows.Tiles(2, 0.5));
        Assert.Equal([(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)], StartingWindows.Tiles(4, 0.5));
        Assert.Equal([-0.6, 0.0, 0.6], StartingWindows.Tiles(6, 0.4).Take(3).Select(window => window.X));
        Assert.Throws<ArgumentOutOfRangeException>(() => StartingWindows.Tiles(2, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => StartingWindows.Tiles(0, 0.5));
    }

    private static SpatialTransformer Transformer(IReadOnlyList<double> start) =>
        new(LocalisationNetwork.FullyConnected(3, Size, start, units: 4), Attention, output: new Plane(4, 4));

    private static ParallelTransformers Separate(double[] start) => ParallelTransformers.Separate(2, i => Transformer(start[(3 * i)..(3 * (i + 1))]));

    private static ParallelTransformers Shared(double[] start) => ParallelTransformers.Shared(
        LocalisationNetwork.FullyConnected(3, Size, start, units: 4), 2, (_, own) => new SpatialTransformer(own, Attention, output: new Plane(4, 4)));

    private sealed class GivenTheta(Tensor theta) : Module
    {
        public override Tensor Forward(Tensor input, Pass pass) => theta;
    }
}
