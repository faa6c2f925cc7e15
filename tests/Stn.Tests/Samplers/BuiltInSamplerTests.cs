using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Tests.Samplers;

public sealed class BuiltInSamplerTests : TensorTest
{
    [Theory]
    [InlineData("bilinear", 0)]
    [InlineData("nearest", 1)]
    [InlineData("bicubic", 2)]
    public void Values_and_gradients_are_those_of_libtorch(string kind, int mode)
    {
        var grid = (GradientCheck.Input(8, 2, 6, 5, 2).Detach() * 0.9).RequireGrad();
        var image = GradientCheck.Input(6, 2, 3, 5, 7);
        var seed = GradientCheck.Input(9, 2, 3, 6, 5).Detach();
        foreach (var (padding, number) in new[] { ("zeros", 0), ("border", 1), ("reflection", 2) })
        {
            foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
            {
                var expected = Run(Functional.GridSampler(image, grid, mode, number, align == AlignCorners.True));
                var actual = Run(SamplerCases.Make($"{kind} {padding}").Sample(image, grid, align));
                for (var i = 0; i < expected.Length; i++)
                    AssertClose.Tensors(expected[i], actual[i], new Tolerance(1e-11, 1e-9));
            }
        }

        Tensor[] Run(Tensor value) => [value.Detach(), .. Autograd.Gradients([value], [image, grid], [seed])!];
    }

    // Sizes whose coordinates are exact in binary, so that whole, halfway and border positions are met exactly.
    [Theory]
    [InlineData(4, 8, AlignCorners.False)]
    [InlineData(5, 9, AlignCorners.True)]
    public void Recorded_gradients_are_those_of_the_kernels_also_on_whole_pixels_ties_and_borders(int height, int width, AlignCorners align)
    {
        var image = GradientCheck.Input(9, 1, 2, height, width);
        var (rows, columns) = (Every(height), Every(width));
        var grid = Tensor.From([.. from y in rows from x in columns from value in new[] { x, y } select value], 1, rows.Length, columns.Length, 2)
            .RequireGrad();
        var seed = GradientCheck.Input(10, 1, 2, rows.Length, columns.Length).Detach();
        foreach (var name in SamplerCases.Names)
        {
            var sampler = SamplerCases.Make(name);
            var expected = Autograd.Gradients([sampler.Sample(image, grid, align)], [image, grid], [seed]);
            var recorded = Autograd.Gradients([sampler.Sample(image, grid, align)], [image, grid], [seed], createGraph: true);
            AssertClose.Tensors(expected[0]!, recorded[0]!.Detach(), new Tolerance(1e-11, 1e-9));
            AssertClose.Tensors(expected[1]!, recorded[1]!.Detach(), new Tolerance(1e-11, 1e-9));
        }

        // Every half pixel, from beyond one mirror to beyond the other.
        double[] Every(int size) =>
            [.. Enumerable.Range(-2 * size, 6 * size).Select(half => align == AlignCorners.True ? (half / (size - 1.0)) - 1 : ((half + 1.0) / size) - 1)];
    }

    [Fact]
    public void Halfway_between_two_pixels_the_tie_rule_decides()
    {
        var image = Tensor.From([0f, 1, 2, 3], 1, 1, 1, 4);
        var grid = Tensor.From([-2f / 3, 0, 0, 0, 2f / 3, 0], 1, 1, 3, 2); // pixels 0.5, 1.5 and 2.5 with aligned corners
        Assert.Equal([0f, 2, 2], Read(new NearestSampler()));
        Assert.Equal([1f, 2, 3], Read(new NearestSampler(ties: TieRule.HalfUp)));

        float[] Read(Sampler sampler) => sampler.Sample(image, grid, AlignCorners.True).ToArray<float>();
    }

    [Fact]
    public void The_nearest_sampler_passes_nothing_to_the_grid()
    {
        var grid = (GradientCheck.Input(8, 1, 3, 3, 2).Detach() * 0.5).RequireGrad();
        new NearestSampler().Sample(GradientCheck.Input(6, 1, 1, 5, 5), grid, AlignCorners.False).Sum().Backward();
        Assert.Equal(0, grid.Grad!.Abs().Sum().Item<double>());
    }

    [Fact]
    public void Each_padding_reads_its_own_outside()
    {
        var image = Tensor.From([1f, 2, 3, 4], 1, 1, 1, 4);
        var grid = Tensor.From([-1.5f, 0], 1, 1, 1, 2); // pixel −1.5: mirrored about the edge, 0.5
        Assert.Equal(0f, Read(Padding.Zeros));
        Assert.Equal(1f, Read(Padding.Border));
        Assert.Equal(1.5f, Read(Padding.Reflection));
        Assert.Equal(9f, Read(Padding.Constant(9)));

        float Read(Padding padding) => new BilinearSampler(padding).Sample(image, grid, AlignCorners.False).Item<float>();
    }

    [Fact]
    public void A_slope_of_one_half_reproduces_quadratics()
    {
        var image = Tensor.From([.. Enumerable.Range(0, 8).Select(i => (double)(i * i))], 1, 1, 1, 8);
        var grid = Tensor.From([-0.2, 0, 0.1, 0, 0.37, 0], 1, 1, 3, 2);
        var expected = new[] { -0.2, 0.1, 0.37 }.Select(x => Math.Pow((x + 1) / 2 * 7, 2)).ToArray();
        var actual = new BicubicSampler(Padding.Border, slope: -0.5).Sample(image, grid, AlignCorners.True).ToArray<double>();
        AssertClose.Values<double>(expected, actual);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    public void A_point_that_is_no_place_reads_the_same_by_the_kernels_by_libtorch_and_by_recorded_operators(double nowhere)
    {
        var image = GradientCheck.Input(6, 1, 1, 4, 5);
        var grid = Tensor.From([nowhere, 0.1, 0.2, nowhere, nowhere, nowhere, -0.4, 0.3], 1, 1, 4, 2).RequireGrad();
        foreach (var name in SamplerCases.Names)
        {
            if (name.EndsWith("reflection", StringComparison.Ordinal) && double.IsFinite(nowhere))
                continue; // where 1e300 lies between the mirrors is a matter of rounding

            var sampler = (BuiltInSampler)SamplerCases.Make(name);
            var expected = Run(sampler.Sample(image, grid, AlignCorners.False));
            var others = new List<Tensor[]>
            {
                Run(RecordedSampling.Sample(image, grid, sampler.Kernel!.Value, AlignCorners.False)),
            };
            if (sampler.LibtorchHasIt(image, AlignCorners.False))
                others.Add(Run(sampler.ReadByLibtorch(image, grid, AlignCorners.False)));
            for (var i = 0; i < expected.Length; i++)
                Assert.All(others, other => AssertClose.Tensors(expected[i], other[i]));
        }

        Tensor[] Run(Tensor value) => [value.Detach(), .. Autograd.Gradients([value.Sum()], [image, grid])!];
    }

    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)] // of which cuDNN has a form of its own
    public void The_path_through_libtorch_has_gradients_of_gradients_too(AlignCorners align)
    {
        var image = GradientCheck.Input(6, 1, 2, 4, 5);
        var grid = Tensor.From([0.31, 0.1, 0.22, -0.47, -0.4, 0.3, 1.2, -0.9], 1, 1, 4, 2).RequireGrad();
        var seed = GradientCheck.Input(7, 1, 2, 1, 4).Detach();
        var sampler = new BilinearSampler();
        AssertClose.Tensors(Second(sampler.Sample(image, grid, align)), Second(sampler.ReadByLibtorch(image, grid, align)));

        Tensor Second(Tensor value)
        {
            var first = Autograd.Gradients([value], [image, grid], [seed], createGraph: true);
            var square = (first[0]! * first[0]!).Sum() + (first[1]! * first[1]!).Sum();
            var second = Autograd.Gradients([square], [image, grid]);
            return Tensor.Concatenate([second[0]!.Flatten(0), second[1]!.Flatten(0)], 0);
        }
    }
}
