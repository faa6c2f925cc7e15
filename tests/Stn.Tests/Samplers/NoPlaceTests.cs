using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Samplers;

/// <summary>
/// Coordinates that are no place, or far away, on axes of one pixel and of several: the fused form, the explicit grid, libtorch's
/// sampler behind our rule, and the recorded operators read the same and have the same gradients.
/// </summary>
public sealed class NoPlaceTests : TensorTest
{
    private static readonly double[] Strange = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e38, -1e38];

    public static TheoryData<string, AlignCorners, DType> Cases
    {
        get
        {
            var cases = new TheoryData<string, AlignCorners, DType>();
            foreach (var sizes in new[] { "1 1", "1 5", "4 1", "4 5", "1 1 1", "1 4 1", "3 1 5", "1 4 5", "3 4 5" })
            {
                foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
                {
                    cases.Add(sizes, align, DType.Float64);
                    cases.Add(sizes, align, DType.Float32);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_path_reads_the_same_and_has_the_same_gradients(string shape, AlignCorners align, DType type)
    {
        long[] sizes = [.. shape.Split(' ').Select(long.Parse)];
        foreach (var name in sizes.Length == 2 ? SamplerCases.Names : SamplerCases.Pointwise)
        {
            var sampler = (BuiltInSampler)SamplerCases.Make(name);
            var points = Points(sizes, sampler.Padding.Mode);
            var image = GradientCheck.Input(6, [points.Length, 2, .. sizes]).Detach().To(type).RequireGrad();
            var theta = Translations(points).To(type).RequireGrad();
            var grid = Grid(theta, sizes.Length, align);
            var expected = Run(RecordedSampling.Sample(image, grid, sampler.Kernel!.Value, align));
            Same(Run(sampler.Sample(image, grid, align)), "grid");
            Same(Run(Fused(image, theta, sampler, align)), "fused");
            if (sampler.LibtorchHasIt(image, align))
                Same(Run(sampler.ReadByLibtorch(image, grid, align)), "libtorch");

            Tensor[] Run(Tensor value) => [value.Detach(), .. Autograd.Gradients([value.Sum()], [image, theta])!];

            void Same(Tensor[] actual, string path)
            {
                var differ = expected.Zip(actual).Count(pair => !Equal(pair.First, pair.Second));
                Assert.True(differ == 0, $"{name}: of values, ∂U and ∂θ {differ} differ by the {path} path");
            }
        }
    }

    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)]
    public void On_one_pixel_no_place_reads_the_constant_outside_and_with_the_other_paddings_the_pixel(AlignCorners align)
    {
        var image = Tensor.From([5.0], 1, 1, 1, 1);
        foreach (var nowhere in Strange[..3])
        {
            var grid = Tensor.From([nowhere, 0.0], 1, 1, 1, 2);
            foreach (var name in SamplerCases.Names)
            {
                var expected = name.Split(' ')[1] switch { "zeros" => 0, "constant" => 0.7, _ => 5 };
                Assert.Equal(expected, SamplerCases.Make(name).Sample(image, grid, align).Item<double>(), 12);
            }
        }
    }

    // Each strange value on each axis alone, the other coordinates ordinary, and on all at once.
    private static double[][] Points(long[] sizes, PaddingMode mode)
    {
        var axes = sizes.Length;
        var all = from value in Strange
                  from axis in Enumerable.Range(0, axes + 1)
                  let point = Enumerable.Range(0, axes).Select(i => i == axis || axis == axes ? value : 0.3 - (0.2 * i)).ToArray()
                  where mode != PaddingMode.Reflection || !Enumerable.Range(0, axes).Any(i => Rounding(point[i], sizes[^(i + 1)]))
                  select point;
        return [.. all];
    }

    // Where a place far away lies between two mirrors is a matter of rounding.
    private static bool Rounding(double coordinate, long size) => size > 1 && double.IsFinite(coordinate) && Math.Abs(coordinate) > 1e30;

    // One image for each point: θ maps all of its target, one pixel, there.
    private static Tensor Translations(double[][] points)
    {
        var axes = points[0].Length;
        var numbers = points.SelectMany(point => point.SelectMany(value => Enumerable.Repeat(0.0, axes).Append(value)));
        return Tensor.From([.. numbers], points.Length, axes * (axes + 1));
    }

    private static Tensor Grid(Tensor theta, int axes, AlignCorners align) => axes == 2
        ? new AffineTransformation().Grid(theta, new Plane(1, 1), align)
        : new AffineTransformation3D().Grid(theta, new Volume(1, 1, 1), align);

    private static Tensor Fused(Tensor image, Tensor theta, Sampler sampler, AlignCorners align) => image.Dimensions == 4
        ? Warp.Of(new AffineTransformation(), sampler).Apply(image, theta, new Plane(1, 1), align)
        : new Warp3D(new AffineTransformation3D(), sampler).Apply(image, theta, new Volume(1, 1, 1), align);

    private static bool Equal(Tensor expected, Tensor actual)
    {
        var tolerance = expected.Type == DType.Float64 ? new Tolerance(1e-11, 1e-9) : new Tolerance(1e-5, 1e-5);
        var (e, a) = (expected.To(DType.Float64).ToArray<double>(), actual.To(DType.Float64).ToArray<double>());
        return e.Zip(a).All(pair => tolerance.Accepts(pair.First, pair.Second));
    }
}
