using System.Runtime.InteropServices;
using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Outputs of many channels that are so large that their values are written past the caches.</summary>
public unsafe class LargeOutputTests
{
    private const int Large = 8 << 20;
    private const int Channels = 17;
    private const int Guard = 64;

    [Theory]
    [InlineData(48, 64, 0)] // planes of whole cache lines, cut into tiles
    [InlineData(16, 40, 0)] // planes that are one tile
    [InlineData(48, 64, 1)] // not at the beginning of a line
    [InlineData(43, 61, 0)] // planes that begin within lines
    public void Their_values_are_those_of_small_outputs(int height, int width, int first)
    {
        var plane = new Plane(height, width);
        var length = Channels * plane.Length;
        var count = (Large / (sizeof(float) * length)) + 1;
        var c = new Draws(3).Case<float>(new Setting(
            Kind.Affine, count, Channels, new Volume(1, height, width), new Volume(1, height, width), Sampling.Linear(), AlignCorners.False));
        var values = Aligned(c, plane, count, first);
        for (var image = 0; image < count; image++)
        {
            var one = new float[length];
            AffineWarp.Forward(
                c.Images.AsSpan(image * length, length), new ImageBatch(1, Channels, plane), c.Parameters.AsSpan(6 * image, 6),
                Sampling.Linear(), AlignCorners.False, plane, one);
            Assert.Equal(one, values[image]);
        }
    }

    // V of each image, written to memory that begins so many values after a cache line does; what lies behind it stays.
    private static float[][] Aligned(WarpCase<float> c, Plane plane, int count, int first)
    {
        var length = Channels * plane.Length;
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)(sizeof(float) * ((count * length) + first + Guard)), 64);
        try
        {
            var all = new Span<float>(memory, (count * length) + first + Guard);
            all.Fill(float.NaN);
            AffineWarp.Forward(
                c.Images, new ImageBatch(count, Channels, plane), c.Parameters, Sampling.Linear(), AlignCorners.False, plane,
                all.Slice(first, count * length), threads: 2);
            Assert.All(all[..first].ToArray(), value => Assert.Equal(float.NaN, value));
            Assert.All(all[^Guard..].ToArray(), value => Assert.Equal(float.NaN, value));
            var images = new float[count][];
            for (var image = 0; image < count; image++)
                images[image] = all.Slice(first + (image * length), length).ToArray();
            return images;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
