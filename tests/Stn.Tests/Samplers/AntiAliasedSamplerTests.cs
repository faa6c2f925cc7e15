using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Samplers;

public sealed class AntiAliasedSamplerTests : TensorTest
{
    private static readonly int[][] Sizes =
    [
        [2, 2], [3, 2], [4, 2], [5, 4], [7, 3], [8, 8], [9, 2], [13, 5], [16, 15], [17, 16], [30, 7], [31, 4], [64, 9], [100, 3], [101, 100],
        [257, 33], [5, 9], [3, 8], [1, 4],
    ];

    public static TheoryData<string> Names { get; } = new(SamplerCases.AntiAliased);

    [Theory]
    [InlineData(AlignCorners.False, DType.Float32)]
    [InlineData(AlignCorners.False, DType.Float64)]
    [InlineData(AlignCorners.True, DType.Float32)]
    [InlineData(AlignCorners.True, DType.Float64)]
    public void A_pure_shrink_has_the_values_and_the_gradient_of_libtorch(AlignCorners align, DType type)
    {
        var tolerance = type == DType.Float64 ? new Tolerance(1e-12, 1e-12) : new Tolerance(1e-5, 1e-5);
        var warp = Warp.Of(new ScaledAttentionTransformation(), new AntiAliasedSampler());
        for (var i = 0; i < Sizes.Length; i++)
        {
            var (rows, columns) = (Sizes[i], Sizes[(i * 7) % Sizes.Length]);
            // Pixels from 0 to 1: near pixel 100 a position is rounded by 4e-6, by libtorch too, times the difference of two pixels.
            var image = ((GradientCheck.Input(i, 2, 3, rows[0], columns[0]).Detach().Sin() * 0.5) + 0.5).To(type).RequireGrad();
            var target = new Plane(rows[1], columns[1]);
            var theta = Tensor.From([1, 1, Shift(columns, align), Shift(rows, align)], 1, 4).Expand(2, 4).To(type);
            var seed = GradientCheck.Input(i + 50, 2, 3, rows[1], columns[1]).Detach().To(type);
            var expected = Functional.ResizeAntiAliased(image, target.Height, target.Width, align == AlignCorners.True);
            var actual = warp.Apply(image, theta, target, align);
            AssertClose.Tensors(expected.Detach(), actual.Detach(), tolerance);
            AssertClose.Tensors(
                Autograd.Gradients([expected], [image], [seed])[0]!, Autograd.Gradients([actual], [image], [seed])[0]!,
                new Tolerance(10 * tolerance.Absolute, tolerance.Relative));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_recorded_form_has_the_values_and_gradients_of_the_kernels(string name)
    {
        var sampling = SamplerCases.Make(name).Kernel!.Value;
        foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
        {
            foreach (var (height, width) in new[] { (5, 7), (1, 6), (2, 1), (12, 3) })
            {
                var image = GradientCheck.Input(6, 2, 2, height, width);
                var grid = (GradientCheck.Input(8, 2, 4, 5, 2).Detach() * 0.9).RequireGrad();
                var seed = GradientCheck.Input(9, 2, 2, 4, 5).Detach();
                var expected = Run(SamplerCases.Make(name).Sample(image, grid, align));
                var recorded = Run(RecordedSampling.Sample(image, grid, sampling, align));
                for (var i = 0; i < expected.Length; i++)
                    AssertClose.Tensors(expected[i], recorded[i], new Tolerance(1e-11, 1e-9));

                Tensor[] Run(Tensor value) => [value.Detach(), .. Autograd.Gradients([value], [image, grid], [seed])!];
            }
        }
    }

    // A translation leaves the widths as they are, so all gradients flow, and those of gradients too.
    [Theory]
    [MemberData(nameof(Names))]
    public void Under_translations_gradients_match_finite_differences_to_the_second(string name)
    {
        var warp = Warp.Of(new TranslationTransformation(), SamplerCases.Make(name));
        var theta = Tensor.From([0.213, -0.117], 1, 2).RequireGrad();
        GradientCheck.Second(
            given => warp.Apply(given[0], given[1], new Plane(3, 4), AlignCorners.False), [GradientCheck.Input(7, 1, 1, 8, 9), theta],
            new Tolerance(1e-6, 1e-4));
    }

    [Fact]
    public void No_gradient_flows_through_the_width()
    {
        // Scaling moves nothing in the middle: only the width of the kernel there changes, and the value with it.
        var image = GradientCheck.Input(3, 1, 1, 9, 9).Detach();
        var theta = Tensor.From([1.0, 0, 0], 1, 3).RequireGrad();
        var middle = Middle(theta);
        middle.Backward();
        Assert.Equal(0, theta.Grad!.Select(1, 0).Item<double>(), 12);
        Assert.True(Math.Abs(middle.Item<double>() - Middle(Tensor.From([1.1, 0, 0], 1, 3)).Item<double>()) > 1e-3);

        Tensor Middle(Tensor at) => Warp.Of(new AttentionTransformation(), new AntiAliasedSampler())
            .Apply(image, at, new Plane(3, 3), AlignCorners.False).Select(2, 1).Select(2, 1).Sum();
    }

    [Fact]
    public void Fine_stripes_become_their_mean_where_bilinear_sampling_keeps_some()
    {
        var stripes = Tensor.From([.. Enumerable.Range(0, 64 * 64).Select(i => i % 2 == 0 ? 0f : 1f)], 1, 1, 64, 64);
        var theta = Tensor.From([1f, 1f, 0, 0], 1, 4);
        var (target, family) = (new Plane(9, 9), new ScaledAttentionTransformation());
        var smooth = Warp.Of(family, new AntiAliasedSampler()).Apply(stripes, theta, target, AlignCorners.False).ToArray<float>();
        var aliased = Warp.Of(family, new BilinearSampler()).Apply(stripes, theta, target, AlignCorners.False).ToArray<float>();
        Assert.All(smooth, value => Assert.InRange(value, 0.47f, 0.53f));
        Assert.Contains(aliased, value => value is < 0.2f or > 0.8f);
    }

    [Fact]
    public void Volumes_are_refused_in_words()
    {
        var (volume, theta) = (Tensor.Zeros([1, 1, 2, 4, 4]), Tensor.Zeros([1, 12]));
        var warp = new Warp3D(new AffineTransformation3D(), new AntiAliasedSampler());
        var error = Assert.Throws<NotSupportedException>(() => warp.Apply(volume, theta, new Volume(2, 4, 4), AlignCorners.False));
        Assert.Contains("antialiased sampler reads images", error.Message, StringComparison.Ordinal);
    }

    // libtorch puts the points of aligned corners (s − 1)/2 pixels farther than the convention says.
    private static double Shift(int[] sizes, AlignCorners align)
    {
        if (align == AlignCorners.False || sizes[0] == 1)
            return 0;
        var scale = (sizes[0] - 1.0) / (sizes[1] - 1);
        return (scale - 1) / (sizes[0] - 1);
    }
}
