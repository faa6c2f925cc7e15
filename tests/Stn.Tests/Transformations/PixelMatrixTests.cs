using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

public sealed class PixelMatrixTests
{
    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)]
    public void Pixels_and_normalised_coordinates_are_those_of_the_kernels(AlignCorners align)
    {
        foreach (var plane in new[] { new Plane(7, 10), new Plane(2, 1) })
        {
            var point = PixelMatrix.FromPixels(plane, align).Map(new NormalizedPoint(plane.Width - 1, 1));
            Assert.Equal(Coordinates.OfPixel<double>(plane.Width - 1, plane.Width, align), point.X, 14);
            Assert.Equal(Coordinates.OfPixel<double>(1, plane.Height, align), point.Y, 14);
            Assert.Equal(plane.Width - 1, PixelMatrix.ToPixels(plane, align).Map(point).X, 14);
        }
    }

    [Fact]
    public void A_pixel_matrix_becomes_theta_and_comes_back()
    {
        var (source, target) = (new Plane(20, 30), new Plane(8, 9));
        var pixels = new PlaneMatrix(2, 0.5, 3, -0.25, 1.5, 4, 0.001, 0.002, 1);
        var normalised = PixelMatrix.ToNormalised(pixels, source, target, AlignCorners.False);
        var read = PixelMatrix.ToPixels(source, AlignCorners.False).Map(normalised.Map(PixelMatrix.FromPixels(target, AlignCorners.False).Map(new(5, 6))));
        var expected = pixels.Map(new NormalizedPoint(5, 6));
        Assert.Equal(expected.X, read.X, 10);
        Assert.Equal(expected.Y, read.Y, 10);
        var back = PixelMatrix.OfNormalised(normalised, source, target, AlignCorners.False);
        for (var i = 0; i < 9; i++)
            Assert.Equal(pixels[i / 3, i % 3], back[i / 3, i % 3] / back[2, 2], 12);
    }
}
