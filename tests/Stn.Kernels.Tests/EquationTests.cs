using Stn.Kernels.Reference;

namespace Stn.Kernels.Tests;

/// <summary>The scalar reference against the paper's sums over all pixels, equations (3) to (5), written out.</summary>
public class EquationTests
{
    private readonly Random random = new(5);

    [Fact]
    public void Bilinear_is_equation_5()
    {
        var (image, plane) = (Image(5 * 4), new Plane(5, 4));
        for (var i = 0; i < 500; i++)
        {
            var (x, y) = ((8 * random.NextDouble()) - 2, (9 * random.NextDouble()) - 2);
            var sum = 0.0;
            for (var n = 0; n < 5; n++)
            {
                for (var m = 0; m < 4; m++)
                    sum += image[(n * 4) + m] * Math.Max(0, 1 - Math.Abs(x - m)) * Math.Max(0, 1 - Math.Abs(y - n));
            }

            Assert.Equal(sum, BilinearReference.Sample<double>(image, plane, x, y), 12);
        }
    }

    [Fact]
    public void Trilinear_is_equation_5_in_three_dimensions()
    {
        var (image, volume) = (Image(3 * 5 * 4), new Volume(3, 5, 4));
        for (var i = 0; i < 500; i++)
        {
            var (x, y, z) = ((8 * random.NextDouble()) - 2, (9 * random.NextDouble()) - 2, (7 * random.NextDouble()) - 2);
            var sum = 0.0;
            for (var p = 0; p < image.Length; p++)
            {
                var (m, n, k) = (p % 4, p / 4 % 5, p / 20);
                sum += image[p] * Math.Max(0, 1 - Math.Abs(x - m)) * Math.Max(0, 1 - Math.Abs(y - n)) * Math.Max(0, 1 - Math.Abs(z - k));
            }

            Assert.Equal(sum, TrilinearReference.Sample(image, volume, x, y, z, 0), 12);
        }
    }

    [Theory]
    [InlineData(-0.75)]
    [InlineData(-0.5)]
    public void Bicubic_is_equation_3_with_keys_kernel(double slope)
    {
        var (image, plane) = (Image(5 * 4), new Plane(5, 4));
        for (var i = 0; i < 500; i++)
        {
            var (x, y) = ((10 * random.NextDouble()) - 3, (11 * random.NextDouble()) - 3);
            var sum = 0.0;
            for (var n = 0; n < 5; n++)
            {
                for (var m = 0; m < 4; m++)
                    sum += image[(n * 4) + m] * Keys(Math.Abs(x - m), slope) * Keys(Math.Abs(y - n), slope);
            }

            Assert.Equal(sum, CubicReference.Sample(image, plane, x, y, slope, AlignCorners.False, Padding.Zeros), 12);
        }
    }

    [Theory]
    [InlineData(AlignCorners.False, new[] { 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1, 2 })]
    [InlineData(AlignCorners.True, new[] { 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1, 0 })]
    public void Mirrors_stand_at_the_edges_or_on_the_border_pixels(AlignCorners align, int[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], PaddingReference.Fold(i - 3, 3, align, PaddingMode.Reflection));
            Assert.Equal(expected[i], PaddingReference.Fold(i - 3.0, 3, align, PaddingMode.Reflection).Position, 12);
        }
    }

    private static double Keys(double d, double a) => d switch
    {
        <= 1 => ((a + 2) * d * d * d) - ((a + 3) * d * d) + 1,
        < 2 => (a * d * d * d) - (5 * a * d * d) + (8 * a * d) - (4 * a),
        _ => 0,
    };

    private double[] Image(int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
}
