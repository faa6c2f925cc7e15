using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

/// <summary>The memory of the whole process is watched: no other test may run meanwhile.</summary>
[CollectionDefinition(nameof(PictureMemoryTests), DisableParallelization = true)]
[Collection(nameof(PictureMemoryTests))]
public sealed class PictureMemoryTests
{
    [Fact]
    public void Memory_stays_flat_over_a_thousand_pictures()
    {
        var picture = Samples.Noise(64, 64, channels: 4);
        byte[] png = picture.ToPng(), jpeg = picture.ToJpeg();
        long Resident(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                picture.ToPng();
                picture.ToJpeg();
                Picture.Decode(png);
                Picture.Decode(jpeg);
            }

            GC.Collect();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.WorkingSet64;
        }

        // One leaked image of 16 KB a round would show as 16 MB in each stretch; the collector's own growth shows in one at most.
        var resident = new[] { 300, 1000, 1000, 1000 }.Select(Resident).ToArray();
        Assert.InRange(resident.Skip(1).Zip(resident, (after, before) => after - before).Min(), long.MinValue, 8L << 20);
    }
}
