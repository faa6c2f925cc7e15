using Stn.Kernels.Reference;

namespace Stn.Kernels.Tests;

/// <summary>The anti-aliased reference against its definition, written out over the padded plane.</summary>
public class AntiAliasedDefinitionTests
{
    private static readonly Plane Size = new(5, 7);
    private readonly Random random = new(11);

    public static TheoryData<PaddingMode, AlignCorners> Paddings()
    {
        var paddings = new TheoryData<PaddingMode, AlignCorners>();
        foreach (var mode in Enum.GetValues<PaddingMode>())
        {
            foreach (var align in Enum.GetValues<AlignCorners>())
                paddings.Add(mode, align);
        }

        return paddings;
    }

    [Theory]
    [MemberData(nameof(Paddings))]
    public void Values_are_sums_over_all_taps_divided_by_their_weights(PaddingMode mode, AlignCorners align)
    {
        var (image, padding) = (Image(), new Padding(mode, mode == PaddingMode.Constant ? 0.6 : 0));
        for (var i = 0; i < 400; i++)
        {
            var (x, y, scaleX, scaleY) = Point(5);
            Assert.Equal(
                Sum(image, x, y, scaleX, scaleY, align, padding),
                AntiAliasedReference.Sample(image, Size, x, y, scaleX, scaleY, align, padding), 12);
        }
    }

    [Theory]
    [MemberData(nameof(Paddings))]
    public void Gradients_are_the_slopes_at_a_constant_width(PaddingMode mode, AlignCorners align)
    {
        const double Step = 1e-6;
        var (image, padding) = (Image(), new Padding(mode, mode == PaddingMode.Constant ? 0.6 : 0));
        for (var i = 0; i < 400; i++)
        {
            var (x, y, scaleX, scaleY) = Point(5);
            var gradient = AntiAliasedReference.Gradient(image, Size, x, y, scaleX, scaleY, align, padding);
            var slopeX = (Value(x + Step, y) - Value(x - Step, y)) / (2 * Step);
            var slopeY = (Value(x, y + Step) - Value(x, y - Step)) / (2 * Step);
            Assert.Equal(slopeX, gradient.X, 6);
            Assert.Equal(slopeY, gradient.Y, 6);

            double Value(double toX, double toY) => AntiAliasedReference.Sample(image, Size, toX, toY, scaleX, scaleY, align, padding);
        }
    }

    [Theory]
    [MemberData(nameof(Paddings))]
    public void The_gradient_of_the_pixels_is_their_weight(PaddingMode mode, AlignCorners align)
    {
        var padding = new Padding(mode, 0);
        for (var i = 0; i < 40; i++)
        {
            var (x, y, scaleX, scaleY) = Point(5);
            var gradient = new double[Size.Length];
            AntiAliasedReference.Scatter(gradient, Size, x, y, scaleX, scaleY, align, padding, 1.0);
            for (var pixel = 0; pixel < Size.Length; pixel++)
            {
                var one = new double[Size.Length];
                one[pixel] = 1;
                Assert.Equal(AntiAliasedReference.Sample(one, Size, x, y, scaleX, scaleY, align, padding), gradient[pixel], 12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paddings))]
    public void A_scale_of_1_and_less_is_bilinear(PaddingMode mode, AlignCorners align)
    {
        var (image, padding) = (Image(), new Padding(mode, mode == PaddingMode.Constant ? 0.6 : 0));
        double[] strange = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e38, 0, 3, 4, 6, -1, -0.5, 7];
        for (var i = 0; i < 400; i++)
        {
            var (x, y, _, _) = Point(5);
            x = i % 4 == 0 ? strange[random.Next(strange.Length)] : x;
            y = i % 5 == 0 ? strange[random.Next(strange.Length)] : y;
            var (atX, slopeX) = PaddingReference.Fold(x, Size.Width, align, mode);
            var (atY, slopeY) = PaddingReference.Fold(y, Size.Height, align, mode);
            var slope = BilinearReference.Gradient(image, Size, atX, atY, padding.Value);
            var gradient = AntiAliasedReference.Gradient(image, Size, x, y, 0.4, 1.0, align, padding);
            Assert.Equal(
                BilinearReference.Sample(image, Size, atX, atY, padding.Value),
                AntiAliasedReference.Sample(image, Size, x, y, 1.0, 0.4, align, padding), 12);
            Assert.Equal(slope.X * slopeX, gradient.X, 12);
            Assert.Equal(slope.Y * slopeY, gradient.Y, 12);
        }
    }

    [Theory]
    [MemberData(nameof(Paddings))]
    public void The_widest_kernels_see_the_whole_image_alike(PaddingMode mode, AlignCorners align)
    {
        var (image, padding) = (Image(), new Padding(mode, mode == PaddingMode.Constant ? 0.6 : 0));
        foreach (var scale in new[] { 1e12, 1e300, double.PositiveInfinity })
        {
            var value = AntiAliasedReference.Sample(image, Size, 2.3, -1.2, scale, scale, align, padding);
            var expected = mode switch
            {
                PaddingMode.Constant => 0.6,
                PaddingMode.Border => image.Average(),
                _ => Sum(image, 2.3, 1.2 - (align == AlignCorners.True ? 0 : 1), Period(Size.Width, align), Period(Size.Height, align), align, padding),
            };
            Assert.Equal(expected, value, 6);
        }
    }

    [Fact]
    public void The_scale_is_the_length_of_a_step_and_knows_missing_neighbours()
    {
        Assert.Equal(5, AntiAliasedReference.Scale(10.0, 7, 13, 6, 14));
        Assert.Equal(5, AntiAliasedReference.Scale(10.0, double.NaN, 13, 6, double.PositiveInfinity));
        Assert.Equal(3, AntiAliasedReference.Scale(10.0, 7, double.NaN, double.NaN, double.NaN));
        Assert.Equal(1, AntiAliasedReference.Scale(10.0, 9.8, 10.2, 9.7, 10.3));
        Assert.Equal(1, AntiAliasedReference.Scale(double.NaN, 7, 13, 6, 14));
        Assert.Equal(double.PositiveInfinity, AntiAliasedReference.Scale(0, -1e308, 1e308, 0, 0));
    }

    // Σ over a plane that is padded far beyond the kernel: the definition, with nothing left out.
    private static double Sum(
        double[] image, double x, double y, double scaleX, double scaleY, AlignCorners align, Padding padding)
    {
        if (padding.Mode == PaddingMode.Border)
            (x, y) = (Reached(x, scaleX, Size.Width), Reached(y, scaleY, Size.Height));
        var (value, total) = (0.0, 0.0);
        for (var n = -40; n <= 40; n++)
        {
            for (var m = -40; m <= 40; m++)
            {
                var weight = Math.Max(0, 1 - (Math.Abs(x - m) / scaleX)) * Math.Max(0, 1 - (Math.Abs(y - n) / scaleY));
                var outside = (uint)n >= (uint)Size.Height || (uint)m >= (uint)Size.Width;
                if (weight == 0 || (outside && padding.Mode == PaddingMode.Border))
                    continue;
                total += weight;
                var (row, column) = (
                    PaddingReference.Fold(n, Size.Height, align, padding.Mode), PaddingReference.Fold(m, Size.Width, align, padding.Mode));
                value += weight * (outside && padding.Mode == PaddingMode.Constant ? padding.Value : image[(row * Size.Width) + column]);
            }
        }

        return value / total;
    }

    // A kernel that reads nothing inside reads the nearest pixel, as if it stood there.
    private static double Reached(double position, double scale, int size) =>
        position + scale <= 0 ? -scale * 0.999 : position - scale >= size - 1 ? size - 1 + (scale * 0.999) : position;

    private static int Period(int size, AlignCorners align) => align == AlignCorners.True ? 2 * (size - 1) : 2 * size;

    private (double X, double Y, double ScaleX, double ScaleY) Point(double most) => (
        (18 * random.NextDouble()) - 5, (16 * random.NextDouble()) - 5,
        1 + ((most - 1) * random.NextDouble()), 1 + ((most - 1) * random.NextDouble()));

    private double[] Image() => [.. Enumerable.Range(0, Size.Length).Select(_ => random.NextDouble() - 0.5)];
}
