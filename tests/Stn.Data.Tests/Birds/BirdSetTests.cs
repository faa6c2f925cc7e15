using Stn.Data.Birds;
using Stn.Data.Pictures;

namespace Stn.Data.Tests.Birds;

public sealed class BirdSetTests : IDisposable
{
    private const int Size = 14;
    private readonly TemporaryFolder _folder = new();
    private readonly BirdInspection _inspected;

    // A ramp from left to right in the first bird's picture of 40×30: red is the column times 6.
    public BirdSetTests()
    {
        SmallCub.Write(_folder.Path);
        var ramp = new Picture(30, 40);
        for (var i = 0; i < ramp.Pixels.Length; i += 3)
            ramp.Pixels[i] = (byte)(6 * (i / 3 % 40));
        ramp.SavePng(_folder.Of("images/001.A/one.jpg"));
        _inspected = BirdInspection.Of(BirdPictures.Open(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>7/8 of 30 pixels about column 20: 6.875 to 33.125.</summary>
    [Fact]
    public void A_fixed_bird_is_cut_in_the_middle_of_its_picture()
    {
        var (values, label) = Render(BirdSet.Fixed(_inspected, _inspected.Birds.Birds, Size), epoch: 0);
        Assert.Equal(0, label);
        for (var column = 0; column < Size; column++)
        {
            var source = 6.875 + (26.25 * (column + 0.5) / Size) - 0.5;
            Assert.Equal(6 * source / 255, values[(Size * 5) + column], 0.3 * 6 / 255); // of a column: the sampler is a triangle about its place
        }
    }

    [Fact]
    public void Birds_to_learn_from_are_cut_elsewhere_in_each_epoch_and_half_of_them_mirrored()
    {
        var set = BirdSet.Training(_inspected, _inspected.Birds.Birds, Size, seed: 3);
        var rows = Enumerable.Range(0, 200).Select(epoch => Render(set, epoch).Values[..Size]).ToArray();
        var mirrored = rows.Count(row => row[0] > row[Size - 1]);
        Assert.InRange(mirrored, 75, 125);
        // The window's middle is uniform between 13.125 and 26.875 columns.
        var middles = rows.Select(row => (row.Average() * 255 / 6) + 0.5).ToArray();
        Assert.InRange(middles.Min(), 12.9, 14);
        Assert.InRange(middles.Max(), 26, 27.1);
        Assert.Equal(rows[7], Render(BirdSet.Training(_inspected, _inspected.Birds.Birds, Size, seed: 3), 7).Values[..Size]);
        Assert.NotEqual(rows[7], Render(BirdSet.Training(_inspected, _inspected.Birds.Birds, Size, seed: 4), 7).Values[..Size]);
    }

    [Fact]
    public void Parts_have_places_in_a_fixed_bird_and_none_where_they_cannot_be_seen()
    {
        var set = BirdSet.Fixed(_inspected, _inspected.Birds.Birds, Size);
        var head = set.Middle(0, BirdParts.Head)!.Value; // (14, 7) in the picture
        Assert.Equal((2 * (14 - 20) / 26.25, 2 * (7 - 15) / 26.25), head);
        Assert.Equal((0, 0), set.Middle(1, BirdParts.Head));
        Assert.Null(set.Middle(2, BirdParts.Head));
        Assert.Null(set.Middle(3, BirdParts.Body)); // in the corner that is cut away
        Assert.Throws<InvalidOperationException>(() => BirdSet.Training(_inspected, _inspected.Birds.Birds, Size, 1).Middle(0, BirdParts.Head));
    }

    [Fact]
    public void The_manifest_follows_the_pictures_and_the_labels()
    {
        var (birds, hash) = (_inspected.Birds.Birds, Hash(_inspected, _inspected.Birds.Birds));
        Assert.Equal(hash, Hash(BirdInspection.Of(BirdPictures.Open(_folder.Path)), birds));
        Assert.NotEqual(hash, Hash(_inspected, [.. birds.Skip(1)]));
        Assert.NotEqual(hash, Hash(_inspected, [birds[0] with { Label = 1 }, .. birds.Skip(1)]));

        static string Hash(BirdInspection inspected, IReadOnlyList<Bird> some) => BirdSet.Fixed(inspected, some, Size).SourceHash();
    }

    private static (float[] Values, long Label) Render(BirdSet set, int epoch)
    {
        var (values, labels) = (new float[set.Shape.Length], new long[1]);
        set.Render(0, epoch, values, labels);
        return (values, labels[0]);
    }
}
