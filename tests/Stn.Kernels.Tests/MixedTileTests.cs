namespace Stn.Kernels.Tests;

/// <summary>Tiles of one image that go different ways: some read a compact window, others are too scattered for one.</summary>
public class MixedTileTests
{
    private const int Source = 900;
    private const int Target = 300; // 104 columns a tile where there are few channels: a run may start in the middle of a 512-bit vector

    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(9, true)]
    [InlineData(17, true)]
    [InlineData(17, false)]
    public void Two_threads_come_to_an_end_with_the_bits_of_one(int channels, bool scatteredFirst)
    {
        var random = new Random(1);
        var images = Values(random, channels * Source * Source);
        var outputs = Values(random, channels * Target * Target);
        var grid = Grid(random, scatteredFirst);
        var (one, two) = (Backward(images, grid, outputs, channels, 1), Backward(images, grid, outputs, channels, 2));
        Assert.Equal(one.Images, two.Images);
        Assert.Equal(one.Grid, two.Grid);
        Assert.All(one.Grid, value => Assert.True(float.IsFinite(value)));
    }

    private static (float[] Images, float[] Grid) Backward(float[] images, float[] grid, float[] outputs, int channels, int threads)
    {
        var (gradientImages, gradientGrid) = (new float[images.Length], new float[grid.Length]);
        GridWarp.Backward<float>(
            images, new ImageBatch(1, channels, new Plane(Source, Source)), grid, Sampling.Linear(), AlignCorners.False, new Plane(Target, Target),
            outputs, gradientImages, gradientGrid, threads);
        return (gradientImages, gradientGrid);
    }

    // Half of the rows anywhere, the other half close together.
    private static float[] Grid(Random random, bool scatteredFirst)
    {
        var grid = new float[2 * Target * Target];
        for (var i = 0; i < grid.Length; i++)
        {
            var isScattered = (i / (2 * Target) < Target / 2) == scatteredFirst;
            grid[i] = ((2 * random.NextSingle()) - 1) * (isScattered ? 1 : 0.02f);
        }

        return grid;
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}
