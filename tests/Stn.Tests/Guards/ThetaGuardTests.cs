using Stn.Guards;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Tests.Guards;

public sealed class ThetaGuardTests : TensorTest
{
    private readonly SpatialTransformer _transformer;

    public ThetaGuardTests() => _transformer = Own(Transformer(new AffineTransformation()));

    [Fact]
    public void Values_go_through_unchanged_and_what_is_no_theta_untouched()
    {
        var theta = Tensor.RandomNormal([3, 6]);
        var guard = new ThetaGuard { GradientLimit = 1, IdentityPenalty = 1, IsMeasured = true };
        Assert.Equal(theta.ToArray<float>(), guard.Through(_transformer, SpatialTransformerModule.ThetaName, theta).ToArray<float>());
        Assert.Same(theta, guard.Through(_transformer, "other", theta));
        Assert.Same(theta, guard.Through(new Relu(), SpatialTransformerModule.ThetaName, theta));
        Assert.Same(theta, new ThetaGuard().Through(_transformer, SpatialTransformerModule.ThetaName, theta));
    }

    [Fact]
    public void The_gradient_of_each_sample_is_scaled_down_to_the_limit_and_no_further()
    {
        // The mean over 3 samples of w·θ: a sample's own gradient is its w, whatever the others'.
        var weights = Tensor.From([3.0, 4, 0, 0, 0, 0, 0.3, 0.4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 3, 6);
        var guard = new ThetaGuard { GradientLimit = 1, IsMeasured = true };
        var theta = Tensor.Zeros([3, 6], DType.Float64).RequireGrad();
        ((guard.Through(_transformer, SpatialTransformerModule.ThetaName, theta) * weights).Sum([1]).Mean()).Backward();
        var gradient = (theta.Grad! * 3).ToArray<double>();
        AssertClose.Values<double>([0.6, 0.8, 0, 0, 0, 0, 0.3, 0.4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], gradient);
        Assert.Equal((5 + 0.5 + 0) / 3, Assert.Single(guard.Seen).GradientNorm!.Value, 5);
    }

    [Fact]
    public void Without_a_limit_the_gradient_is_that_of_the_identity()
    {
        var theta = GradientCheck.Input(1, 2, 6);
        GradientCheck.Second(inputs => new ThetaGuard { IsMeasured = true, GradientLimit = 1e9 }.Through(_transformer, SpatialTransformerModule.ThetaName, inputs[0]).Pow(3), [theta]);
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_not_hidden()
    {
        var theta = Tensor.Zeros([2, 6]).RequireGrad();
        var weights = Tensor.From([float.NaN, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 2, 6);
        (new ThetaGuard { GradientLimit = 1 }.Through(_transformer, SpatialTransformerModule.ThetaName, theta) * weights).Sum().Backward();
        Assert.True(float.IsNaN(theta.Grad!.ToArray<float>()[0]));
    }

    [Fact]
    public void The_penalty_is_the_mean_squared_distance_from_the_identity_and_pulls_there()
    {
        var guard = new ThetaGuard { IdentityPenalty = 0.5 };
        var theta = Tensor.From([1.0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 1, -1], 2, 6).RequireGrad();
        guard.Through(_transformer, SpatialTransformerModule.ThetaName, theta);
        Assert.Equal(0.5 * (4 + 1) / 2, guard.Penalty!.Item<double>(), 12);
        guard.Penalty.Backward();
        AssertClose.Values<double>([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, -0.5], theta.Grad!.ToArray<double>());
    }

    [Fact]
    public void In_a_network_it_sees_every_transformer_and_the_gradients_of_a_step_are_those_without_it()
    {
        var (first, second) = (Transformer(new AffineTransformation()), Transformer(new ThinPlateSplineTransformation()));
        using var network = new Sequential(("one", first), ("two", second));
        var images = Tensor.RandomUniform([3, 1, 4, 4]);
        var plain = Gradients(network, images, Pass.Training);
        var guard = new ThetaGuard { IsMeasured = true };
        Assert.Equal(plain, Gradients(network, images, new Pass { IsTraining = true, Replace = guard.Through }));
        Assert.Equal([first, second], guard.Seen.Select(s => s.Transformer));
        Assert.All(guard.Seen, s => Assert.True(s.GradientNorm > 0 && s.Health!.FoldedShare == 0));
    }

    private static SpatialTransformer Transformer(Transformation family) =>
        new(LocalisationNetwork.FullyConnected(1, new Plane(4, 4), family, 4), family);

    private static float[] Gradients(Module network, Tensor images, Pass pass)
    {
        foreach (var (_, parameter) in network.Parameters())
            parameter.Value.Grad = null;
        (network.Forward(images, pass) * images).Mean().Backward();
        return [.. network.Parameters().SelectMany(p => p.Parameter.Value.Grad!.ToArray<float>())];
    }
}
