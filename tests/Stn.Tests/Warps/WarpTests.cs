using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Warps;

/// <summary>Every transformation with every sampler.</summary>
public sealed class WarpTests : TensorTest
{
    // No regular target point lies on a pixel or halfway between two.
    private static readonly Plane Source = new(5, 7);
    private static readonly Plane Target = new(4, 6);

    public static TheoryData<string, string> Pairs { get; } = With(SamplerCases.Names);

    public static TheoryData<string, string> PointwisePairs { get; } = With(SamplerCases.Pointwise);

    public static TheoryData<string> AllFamilies { get; } = new(Families.Names);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Values_are_those_of_the_scalar_forms_in_both_types_and_conventions(string family, string samplerName)
    {
        var sampler = SamplerCases.Make(samplerName);
        var shape = new ImageBatch(2, 3, Source);
        var image = GradientCheck.Input(3, 2, 3, Source.Height, Source.Width).Detach();
        foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
        {
            var transformation = Make(family, Target, align);
            var theta = Families.Theta(transformation, 2).Detach();
            var expected = Tensor.From(
                SamplerCases.Warp(
                    image.DangerousGetSpan<double>(), shape, transformation, theta.ToArray<double>(), sampler.Kernel!.Value, Target, align),
                2, 3, Target.Height, Target.Width);
            var warp = Warp.Of(transformation, sampler);
            AssertClose.Tensors(expected, warp.Apply(image, theta, Target, align).Detach(), new Tolerance(1e-11, 1e-9));
            var narrow = warp.Apply(image.To(DType.Float32), theta.To(DType.Float32), Target, align).Detach();
            AssertClose.Tensors(expected.To(DType.Float32), narrow, new Tolerance(2e-5, 1e-5));
        }
    }

    [Theory]
    [MemberData(nameof(PointwisePairs))]
    public void Gradients_match_finite_differences(string family, string samplerName)
    {
        var transformation = Make(family, Target);
        var warp = Warp.Of(transformation, SamplerCases.Make(samplerName));
        var image = GradientCheck.Input(7, 1, 2, Source.Height, Source.Width);
        var learned = transformation.OwnParameters.Select(own => own.Parameter.Value);
        GradientCheck.First(
            given => warp.Apply(given[0], given[1], Target, AlignCorners.False), [image, Families.Theta(transformation, 1), .. learned]);
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void The_identity_gives_an_image_of_any_number_of_channels_back(string family)
    {
        foreach (var channels in new[] { 1, 3, 17 })
        {
            var transformation = Make(family, Source, type: DType.Float32);
            var theta = Families.Theta(transformation, 2).Detach().To(DType.Float32);
            theta.CopyFrom(Tensor.From(transformation.Identity.ToArray(), transformation.ParameterCount));
            var image = Tensor.RandomNormal([2, channels, Source.Height, Source.Width]);
            foreach (var sampler in new Sampler[] { new BilinearSampler(), new NearestSampler(), new BicubicSampler(), new AntiAliasedSampler() })
            {
                var same = Warp.Of(transformation, sampler).Apply(image, theta, Source, AlignCorners.False).Detach();
                AssertClose.Tensors(image, same, new Tolerance(2e-5, 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void An_empty_batch_gives_an_empty_batch_and_gradients_of_zero(string family)
    {
        var transformation = Make(family, Target);
        var image = Tensor.Zeros([0, 2, Source.Height, Source.Width], DType.Float64).RequireGrad();
        var theta = Families.Theta(transformation, 0);
        var warped = Warp.Of(transformation, new BilinearSampler()).Apply(image, theta, Target, AlignCorners.False);
        Assert.Equal([0, 2, Target.Height, Target.Width], warped.Shape);
        warped.Sum().Backward();
        Assert.All(transformation.OwnParameters, own => Assert.Equal(0, own.Parameter.Value.Grad!.Abs().Sum().Item<double>()));
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void What_does_not_fit_is_refused_in_words(string family)
    {
        var transformation = Make(family, Target);
        var warp = Warp.Of(transformation, new BilinearSampler());
        var image = Tensor.Zeros([2, 1, 4, 4]);
        var count = transformation.ParameterCount;
        var error = Assert.Throws<ArgumentException>(() => warp.Apply(image, Tensor.Zeros([3, count]), Target, AlignCorners.False));
        Assert.Contains($"(2, {count}), got (3, {count})", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => warp.Apply(image, Tensor.Zeros([2, count + 1]), Target, AlignCorners.False));
        Assert.Throws<ArgumentException>(() => warp.Apply(Tensor.Zeros([4, 4]), Tensor.Zeros([2, count]), Target, AlignCorners.False));
        error = Assert.Throws<ArgumentException>(() => warp.Apply(image, Tensor.Zeros([2, count], DType.Float64), Target, AlignCorners.False));
        Assert.Contains("must be Float32", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void The_gradient_of_a_gradient_matches_finite_differences(string family)
    {
        var transformation = Make(family, Target);
        var warp = Warp.Of(transformation, new BilinearSampler());
        var image = GradientCheck.Input(7, 1, 1, Source.Height, Source.Width);
        GradientCheck.Second(
            given => warp.Apply(given[0], given[1], Target, AlignCorners.False), [image, Families.Theta(transformation, 1)], new Tolerance(1e-6, 1e-4));
    }

    [Fact]
    public void The_bicubic_sampler_has_a_gradient_of_the_gradient_too() => GradientCheck.Second(
        given => Warp.Of(new AffineTransformation(), new BicubicSampler(Padding.Reflection)).Apply(given[0], given[1], Target, AlignCorners.True),
        [GradientCheck.Input(7, 1, 1, Source.Height, Source.Width), Example.Theta(1)], new Tolerance(1e-6, 1e-4));

    [Fact]
    public void A_transformation_of_a_users_own_goes_through_a_grid() =>
        Assert.IsType<ExplicitGridWarp>(Warp.Of(new Ripple(), new BilinearSampler()));

    [Fact]
    public void Its_gradients_match_finite_differences_to_the_second() => GradientCheck.Second(
        given => Warp.Of(new Ripple(), new BilinearSampler()).Apply(given[0], given[1], Target, AlignCorners.False),
        [GradientCheck.Input(7, 2, 1, Source.Height, Source.Width), Families.Theta(new Ripple(), 2)], new Tolerance(1e-6, 1e-4));

    private static TheoryData<string, string> With(string[] samplers)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var family in Families.Names)
        {
            foreach (var sampler in samplers)
                pairs.Add(family, sampler);
        }

        return pairs;
    }

    private Transformation Make(string family, Plane target, AlignCorners align = AlignCorners.False, DType type = DType.Float64)
    {
        var transformation = Families.Make(family, target, align, type);
        foreach (var (_, parameter) in transformation.OwnParameters)
            Own(parameter);
        return transformation;
    }

    /// <summary>xˢ = xᵗ + θ·sin(3yᵗ), yˢ = yᵗ: no family of the library.</summary>
    private sealed class Ripple : Transformation
    {
        public override string Name => "ripple";

        public override IReadOnlyList<double> Identity { get; } = [0];

        protected override Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align)
        {
            var affine = new AffineTransformation();
            var regular = affine.Grid(Tensor.From(affine.Identity.ToArray(), 1, 6).To(theta.Type), target, align);
            var wave = (regular.Narrow(3, 1, 1) * 3).Sin() * theta.Reshape(-1, 1, 1, 1);
            return regular + Tensor.Concatenate([wave, Tensor.ZerosLike(wave)], 3);
        }

        protected override NormalizedPoint MapPoint(ReadOnlySpan<double> theta, NormalizedPoint target) =>
            new(target.X + (theta[0] * Math.Sin(3 * target.Y)), target.Y);
    }
}
