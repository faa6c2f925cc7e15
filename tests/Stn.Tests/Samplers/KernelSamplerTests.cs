using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Samplers;

public sealed class KernelSamplerTests : TensorTest
{
    private readonly Plane _target = new(4, 6);

    [Theory]
    [InlineData(PaddingMode.Constant, 0)]
    [InlineData(PaddingMode.Constant, 0.7)]
    [InlineData(PaddingMode.Border, 0)]
    [InlineData(PaddingMode.Reflection, 0)]
    public void The_triangle_as_a_users_kernel_is_the_bilinear_sampler(PaddingMode mode, double value)
    {
        var padding = new Padding(mode, value);
        var (image, theta) = (GradientCheck.Input(3, 2, 3, 5, 7), Example.Theta(2));
        foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
        {
            var expected = Run(new BilinearSampler(padding));
            var actual = Run(new Triangle(padding));
            for (var i = 0; i < expected.Length; i++)
                AssertClose.Tensors(expected[i], actual[i], new Tolerance(1e-11, 1e-9));

            Tensor[] Run(Stn.Samplers.Sampler sampler)
            {
                var warped = Warp.Of(new AffineTransformation(), sampler).Apply(image, theta, _target, align);
                return [warped.Detach(), .. Autograd.Gradients([(warped * warped).Sum()], [image, theta])!];
            }
        }
    }

    [Fact]
    public void Gradients_to_image_theta_and_the_kernels_own_parameters_match_finite_differences()
    {
        var widths = Own(new Parameter(Tensor.From([0.8, 1.3], 2)));
        var warp = Warp.Of(new AffineTransformation(), new Gaussian(widths));
        GradientCheck.Second(
            given => warp.Apply(given[0], given[1], _target, AlignCorners.False),
            [GradientCheck.Input(7, 1, 1, 5, 7), Example.Theta(1), widths.Value], new Tolerance(1e-6, 1e-4));
    }

    [Fact]
    public void A_transformer_lists_and_frees_what_its_sampler_learns()
    {
        var transformer = Own(new SpatialTransformer(
            new Flatten(), new AffineTransformation(), new Gaussian(new Parameter(Tensor.Ones([2])))));
        Assert.Equal(["sampler.widths"], transformer.Parameters().Select(p => p.Name));
    }

    [Fact]
    public void A_kernel_that_reaches_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Nothing());

    internal sealed class Triangle(Padding padding = default) : KernelSampler(1, padding)
    {
        public override string Name => "triangle";

        protected override Tensor Weight(Tensor distance, ImageAxis axis) => (-distance.Abs() + 1).Relu();
    }

    private sealed class Nothing() : KernelSampler(0)
    {
        public override string Name => "nothing";

        protected override Tensor Weight(Tensor distance, ImageAxis axis) => distance;
    }

    private sealed class Gaussian(Parameter widths) : KernelSampler(3)
    {
        public override string Name => "gaussian";

        public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("widths", widths)];

        protected override Tensor Weight(Tensor distance, ImageAxis axis) =>
            (-(distance / widths.Value.Select(0, (long)axis)).Pow(2)).Exp();
    }
}
