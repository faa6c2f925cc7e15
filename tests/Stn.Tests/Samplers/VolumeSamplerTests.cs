using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Tests.Samplers;

/// <summary>The samplers on volumes through an explicit grid.</summary>
public sealed class VolumeSamplerTests : TensorTest
{
    private static readonly AlignCorners[] Conventions = [AlignCorners.False, AlignCorners.True];

    // The normal numbers of the grid lie on no voxel, tie or mirror, where libtorch's own path differs from its path of images.
    [Theory]
    [InlineData("bilinear", 0)]
    [InlineData("nearest", 1)]
    public void Values_and_gradients_are_those_of_libtorch(string kind, int mode)
    {
        var (volume, grid) = (GradientCheck.Input(6, 2, 3, 4, 5, 7), (GradientCheck.Input(8, 2, 3, 6, 5, 3).Detach() * 0.9).RequireGrad());
        var seed = GradientCheck.Input(9, 2, 3, 3, 6, 5).Detach();
        foreach (var (padding, number) in new[] { ("zeros", 0), ("border", 1), ("reflection", 2) })
        {
            foreach (var align in Conventions)
            {
                var sampler = (BuiltInSampler)SamplerCases.Make($"{kind} {padding}");
                var expected = Run(Functional.GridSampler(volume, grid, mode, number, align == AlignCorners.True));
                Same(expected, Run(sampler.Sample(volume, grid, align)));
                Same(expected, Run(sampler.ReadByLibtorch(volume, grid, align)));
            }
        }

        Tensor[] Run(Tensor value) => [value.Detach(), .. Autograd.Gradients([value], [volume, grid], [seed])!];
    }

    // Sizes whose coordinates are exact in binary, so that whole, halfway and border positions are met exactly.
    [Theory]
    [InlineData(2, 4, 8, AlignCorners.False)]
    [InlineData(3, 5, 2, AlignCorners.True)]
    public void Recorded_gradients_are_those_of_the_kernels_also_on_whole_voxels_ties_and_borders(int depth, int height, int width, AlignCorners align)
    {
        var volume = GradientCheck.Input(9, 1, 2, depth, height, width);
        var (slices, rows, columns) = (Every(depth), Every(height), Every(width));
        var points = from z in slices from y in rows from x in columns from value in new[] { x, y, z } select value;
        var grid = Tensor.From([.. points], 1, slices.Length, rows.Length, columns.Length, 3).RequireGrad();
        var seed = GradientCheck.Input(10, 1, 2, slices.Length, rows.Length, columns.Length).Detach();
        foreach (var name in SamplerCases.OfVolumes)
        {
            var sampler = SamplerCases.Make(name);
            var value = sampler.Sample(volume, grid, align);
            var recorded = RecordedSampling.Sample(volume, grid, sampler.Kernel!.Value, align);
            Same(
                [value.Detach(), .. Autograd.Gradients([value], [volume, grid], [seed])!],
                [recorded.Detach(), .. Autograd.Gradients([recorded], [volume, grid], [seed])!]);
        }

        // Every half voxel, from beyond one mirror to beyond the other.
        double[] Every(int size) =>
            [.. Enumerable.Range(-2 * size, 6 * size).Select(half => align == AlignCorners.True ? (half / (size - 1.0)) - 1 : ((half + 1.0) / size) - 1)];
    }

    [Fact]
    public void Gradients_to_volume_and_grid_match_finite_differences_to_the_second()
    {
        var (volume, grid) = (GradientCheck.Input(6, 1, 2, 3, 4, 5), (GradientCheck.Input(8, 1, 2, 2, 3, 3).Detach() * 0.7).RequireGrad());
        foreach (var name in SamplerCases.OfVolumes.Where(name => name.StartsWith("bilinear", StringComparison.Ordinal)))
        {
            var sampler = SamplerCases.Make(name);
            GradientCheck.Second(given => sampler.Sample(given[0], given[1], AlignCorners.True), [volume, grid], new Tolerance(1e-6, 1e-4));
        }
    }

    [Fact]
    public void Along_slices_that_are_all_alike_a_volume_reads_as_its_images_do_bicubic_too()
    {
        var image = GradientCheck.Input(6, 1, 2, 5, 6);
        var volume = image.Unsqueeze(2).Expand(1, 2, 4, 5, 6);
        var grid = GradientCheck.Input(8, 1, 3, 4, 2).Detach() * 0.9;
        var deep = Tensor.Concatenate([grid.Unsqueeze(1), Tensor.Ones([1, 1, 3, 4, 1], DType.Float64) * 0.1], 4);
        foreach (var name in SamplerCases.Pointwise)
        {
            var sampler = SamplerCases.Make(name);
            var (expected, actual) = (sampler.Sample(image, grid, AlignCorners.True), sampler.Sample(volume, deep, AlignCorners.True));
            Same([expected.Detach()], [actual.Squeeze(2).Detach()]);
        }
    }

    [Fact]
    public void The_tricubic_sampler_has_gradients() => GradientCheck.First(
        given => new BicubicSampler(Padding.Reflection).Sample(given[0], given[1], AlignCorners.False),
        [GradientCheck.Input(6, 1, 1, 3, 4, 5), (GradientCheck.Input(8, 1, 1, 2, 3, 3).Detach() * 0.7).RequireGrad()]);

    [Fact]
    public void The_triangle_as_a_users_kernel_is_the_trilinear_sampler()
    {
        var (volume, grid) = (GradientCheck.Input(6, 1, 2, 3, 4, 5), GradientCheck.Input(8, 1, 2, 2, 3, 3));
        foreach (var padding in new[] { Padding.Zeros, Padding.Border, Padding.Constant(0.7) })
        {
            Same(Run(new BilinearSampler(padding)), Run(new KernelSamplerTests.Triangle(padding)));

            Tensor[] Run(Sampler sampler)
            {
                var value = sampler.Sample(volume, grid, AlignCorners.False);
                return [value.Detach(), .. Autograd.Gradients([(value * value).Sum()], [volume, grid])!];
            }
        }
    }

    [Fact]
    public void A_grid_that_does_not_fit_the_volumes_is_refused()
    {
        var volume = Tensor.Zeros([2, 1, 4, 4, 4]);
        foreach (var wrong in new long[][] { [3, 4, 4, 4, 3], [2, 4, 4, 4, 2], [2, 4, 4, 3] })
        {
            var error = Assert.Throws<ArgumentException>(() => new BilinearSampler().Sample(volume, Tensor.Zeros(wrong), AlignCorners.False));
            Assert.Contains($"(2, d, h, w, 3), got ({string.Join(", ", wrong)})", error.Message, StringComparison.Ordinal);
        }
    }

    private static void Same(Tensor[] expected, Tensor[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            AssertClose.Tensors(expected[i], actual[i], new Tolerance(1e-11, 1e-9));
    }
}
