using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Warps;

/// <summary>Every transformation of volumes with every sampler.</summary>
public sealed class Warp3DTests : TensorTest
{
    // No regular target point lies on a voxel or halfway between two.
    private static readonly Volume Source = new(3, 5, 7);
    private static readonly Volume Target = new(2, 4, 6);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var family in Families.OfVolumes)
            {
                foreach (var sampler in SamplerCases.OfVolumes)
                    pairs.Add(family, sampler);
            }

            return pairs;
        }
    }

    public static TheoryData<string> AllFamilies { get; } = new(Families.OfVolumes);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Values_are_those_of_the_scalar_forms_in_both_types_and_conventions(string family, string samplerName)
    {
        var (transformation, sampler) = (Families.Make3D(family), SamplerCases.Make(samplerName));
        var volume = Volumes(3, 2, 3).Detach();
        var theta = Families.Theta(transformation, 2).Detach();
        foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
        {
            var numbers = SamplerCases.Warp(
                volume.DangerousGetSpan<double>(), new VolumeBatch(2, 3, Source), transformation, theta.ToArray<double>(),
                sampler.Kernel!.Value, Target, align);
            var expected = Tensor.From(numbers, 2, 3, Target.Depth, Target.Height, Target.Width);
            var warp = new Warp3D(transformation, sampler);
            AssertClose.Tensors(expected, warp.Apply(volume, theta, Target, align).Detach(), new Tolerance(1e-11, 1e-9));
            AssertClose.Tensors(expected, sampler.Sample(volume, transformation.Grid(theta, Target, align), align).Detach(), new Tolerance(1e-11, 1e-9));
            var narrow = warp.Apply(volume.To(DType.Float32), theta.To(DType.Float32), Target, align).Detach();
            AssertClose.Tensors(expected.To(DType.Float32), narrow, new Tolerance(2e-5, 1e-5));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Gradients_match_finite_differences(string family, string samplerName)
    {
        var transformation = Families.Make3D(family);
        var warp = new Warp3D(transformation, SamplerCases.Make(samplerName));
        GradientCheck.First(
            given => warp.Apply(given[0], given[1], Target, AlignCorners.False), [Volumes(7, 1, 2), Families.Theta(transformation, 1)]);
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void The_gradient_of_a_gradient_matches_finite_differences(string family)
    {
        var transformation = Families.Make3D(family);
        var warp = new Warp3D(transformation, new BilinearSampler());
        GradientCheck.Second(
            given => warp.Apply(given[0], given[1], Target, AlignCorners.False), [Volumes(7, 1, 1), Families.Theta(transformation, 1)],
            new Tolerance(1e-6, 1e-4));
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void The_identity_gives_volumes_of_any_number_of_channels_back(string family)
    {
        var transformation = Families.Make3D(family);
        var theta = Tensor.From(transformation.Identity.ToArray(), 1, transformation.ParameterCount).To(DType.Float32);
        foreach (var channels in new[] { 1, 3, 17 })
        {
            var volume = Tensor.RandomNormal([1, channels, Source.Depth, Source.Height, Source.Width]);
            foreach (var sampler in new Sampler[] { new BilinearSampler(), new NearestSampler(), new BicubicSampler() })
                AssertClose.Tensors(volume, new Warp3D(transformation, sampler).Apply(volume, theta, Source, AlignCorners.False), new Tolerance(2e-5, 0));
        }
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public void An_empty_batch_gives_an_empty_batch_and_gradients_that_are_empty(string family)
    {
        var transformation = Families.Make3D(family);
        var (volume, theta) = (Volumes(1, 0, 2), Families.Theta(transformation, 0));
        var warped = new Warp3D(transformation, new BilinearSampler()).Apply(volume, theta, Target, AlignCorners.False);
        Assert.Equal([0, 2, Target.Depth, Target.Height, Target.Width], warped.Shape);
        warped.Sum().Backward();
        Assert.Equal(volume.Shape, volume.Grad!.Shape);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        var warp = new Warp3D(new TranslationTransformation3D(), new BilinearSampler());
        var volume = Tensor.Zeros([2, 1, 4, 4, 4]);
        Assert.Contains("(2, 3), got (3, 3)", Refusal(volume, Tensor.Zeros([3, 3])), StringComparison.Ordinal);
        Assert.Contains("(2, 3), got (2, 2)", Refusal(volume, Tensor.Zeros([2, 2])), StringComparison.Ordinal);
        Assert.Contains("(N, C, D, H, W), got (2, 4, 4, 4)", Refusal(Tensor.Zeros([2, 4, 4, 4]), Tensor.Zeros([2, 3])), StringComparison.Ordinal);
        Assert.Contains("must be Float32", Refusal(volume, Tensor.Zeros([2, 3], DType.Float64)), StringComparison.Ordinal);

        string Refusal(Tensor given, Tensor theta) =>
            Assert.Throws<ArgumentException>(() => warp.Apply(given, theta, Target, AlignCorners.False)).Message;
    }

    [Fact]
    public void Only_the_gradients_that_are_wanted_are_computed()
    {
        var warp = new Warp3D(new AffineTransformation3D(), new BilinearSampler());
        var (volume, theta) = (Volumes(7, 1, 1), Families.Theta(new AffineTransformation3D(), 1));
        warp.Apply(volume.Detach(), theta, Target, AlignCorners.False).Sum().Backward();
        warp.Apply(volume, theta.Detach(), Target, AlignCorners.False).Sum().Backward();
        var both = Autograd.Gradients([warp.Apply(volume, theta, Target, AlignCorners.False).Sum()], [volume, theta]);
        AssertClose.Tensors(both[0]!, volume.Grad!);
        AssertClose.Tensors(both[1]!, theta.Grad!);
    }

    [Fact]
    public void Volumes_and_gradients_of_any_strides_are_read_as_they_are_meant()
    {
        var warp = new Warp3D(new AffineTransformation3D(), new BilinearSampler());
        var (volume, theta) = (GradientCheck.Input(9, 2, 3, 6, 5, 2), Families.Theta(new AffineTransformation3D(), 2));
        var moved = volume.Permute(0, 4, 1, 2, 3); // channels last
        var expected = Autograd.Gradients([warp.Apply(moved.Contiguous(), theta, Target, AlignCorners.False).Sum()], [volume, theta]);
        var actual = Autograd.Gradients([warp.Apply(moved, theta, Target, AlignCorners.False).Sum([2]).Sum()], [volume, theta]);
        AssertClose.Tensors(expected[0]!, actual[0]!);
        AssertClose.Tensors(expected[1]!, actual[1]!);
    }

    [Fact]
    public void A_transformation_of_a_users_own_goes_through_a_grid_with_gradients_to_the_second()
    {
        var ripple = new Ripple();
        var warp = new Warp3D(ripple, new BilinearSampler());
        var (volume, theta) = (Volumes(7, 1, 1), Families.Theta(ripple, 1));
        GradientCheck.Second(given => warp.Apply(given[0], given[1], Target, AlignCorners.False), [volume, theta], new Tolerance(1e-6, 1e-4));
        var numbers = SamplerCases.Warp(
            volume.DangerousGetSpan<double>(), new VolumeBatch(1, 1, Source), ripple, theta.Detach().ToArray<double>(), Sampling.Linear(),
            Target, AlignCorners.True);
        AssertClose.Values<double>(numbers, warp.Apply(volume, theta, Target, AlignCorners.True).Detach().ToArray<double>());
    }

    private static Tensor Volumes(int seed, int images, int channels) =>
        GradientCheck.Input(seed, images, channels, Source.Depth, Source.Height, Source.Width);

    /// <summary>xˢ = xᵗ + θ·sin(3zᵗ), yˢ = yᵗ, zˢ = zᵗ: no family of the library.</summary>
    private sealed class Ripple : Transformation3D
    {
        public override string Name => "ripple";

        public override IReadOnlyList<double> Identity { get; } = [0];

        protected override Tensor MakeGrid(Tensor theta, Volume target, AlignCorners align)
        {
            var regular = new IdentityTransformation3D().Grid(theta.Detach().Narrow(1, 0, 0), target, align);
            var wave = (regular.Narrow(4, 2, 1) * 3).Sin() * theta.Reshape(-1, 1, 1, 1, 1);
            return regular + Tensor.Concatenate([wave, Tensor.ZerosLike(wave), Tensor.ZerosLike(wave)], 4);
        }

        protected override NormalizedPoint3D MapPoint(ReadOnlySpan<double> theta, NormalizedPoint3D target) =>
            target with { X = target.X + (theta[0] * Math.Sin(3 * target.Z)) };
    }
}
