using Stn.Kernels;
using Stn.Localisation;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;

namespace Stn.Tests;

/// <summary>A transformer of every family, started at its identity, learns to align an image with another.</summary>
public sealed class TrainingTests : TensorTest
{
    private static readonly Plane Size = new(12, 12);

    public static TheoryData<string> Learning { get; } = new(Families.Names.Where(name => name != "identity"));

    [Theory]
    [MemberData(nameof(Learning))]
    public void Every_family_learns_to_align(string family)
    {
        TorchRuntime.Seed(1);
        var transformation = Families.Make(family, Size, type: DType.Float32);
        var transformer = Own(new SpatialTransformer(
            new Sequential(("flatten", new Flatten()), ("theta", LocalisationNetwork.ThetaRegression(Size.Length, transformation))),
            transformation, new BilinearSampler(Padding.Border)));
        var optimiser = Own(new Adam(LocalisationGroups.Split(transformer, factor: 1)));
        var image = Blobs();
        var goal = transformer.Warp(image, Families.Theta(transformation, 1).Detach().To(DType.Float32)).Detach();
        var losses = new List<float>();
        for (var step = 0; step < 60; step++)
        {
            using var scope = new TensorScope();
            var loss = Functional.MeanSquaredError(transformer.Forward(image, Pass.Training), goal);
            losses.Add(loss.Item<float>());
            optimiser.ZeroGrad();
            loss.Backward();
            optimiser.Step(rate: 2e-3);
        }

        Assert.True(losses[^1] < 0.5 * losses[0], $"from {losses[0]} to {losses[^1]}");
    }

    [Theory]
    [MemberData(nameof(Learning))]
    public void Its_health_is_that_of_the_identity_at_the_start(string family)
    {
        var transformation = Families.Make(family, Size);
        using var localisation = LocalisationNetwork.FullyConnected(1, Size, transformation);
        var health = WarpHealth.Measure(transformation, localisation.Forward(Blobs()));
        foreach (var (_, parameter) in transformation.OwnParameters)
            Own(parameter);
        Assert.Equal(1, health.Scale, 5);
        Assert.Equal(1, health.SmallestArea, 5);
    }

    [Fact]
    public void The_identity_has_a_localisation_network_without_outputs_and_a_health()
    {
        var identity = new Stn.Transformations.IdentityTransformation();
        var transformer = Own(new SpatialTransformer(LocalisationNetwork.FullyConnected(1, Size, identity), identity));
        var image = Blobs();
        AssertClose.Tensors(image, transformer.Forward(image, Pass.Training, out var theta).Detach(), new Tolerance(1e-5, 0));
        Assert.Equal(new WarpHealth(0, 1, 1, 0), WarpHealth.Measure(identity, theta));
    }

    // Smooth, so that the loss has no small valleys: Gaussians of several places and widths.
    private static Tensor Blobs()
    {
        var pixels = new float[Size.Length];
        foreach (var (x, y, width) in new[] { (3.0, 4.0, 2.0), (8.5, 3.5, 1.5), (6.0, 8.5, 2.5) })
        {
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] += (float)Math.Exp(-(Math.Pow((i % Size.Width) - x, 2) + Math.Pow((i / Size.Width) - y, 2)) / (width * width));
        }

        return Tensor.From(pixels, 1, 1, Size.Height, Size.Width);
    }
}
