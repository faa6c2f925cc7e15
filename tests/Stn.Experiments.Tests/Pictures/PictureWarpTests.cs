using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Transformations;

namespace Stn.Experiments.Tests.Pictures;

public sealed class PictureWarpTests : TensorTest
{
    private static readonly Plane Plane = new(13, 22);

    public static TheoryData<string> Samplers { get; } = new(SamplerNames.All);

    [Theory]
    [MemberData(nameof(Samplers))]
    public void The_identity_of_every_family_gives_the_same_bytes(string sampler)
    {
        foreach (var channels in new[] { 3, 4 })
        {
            var picture = Photographs.Noise(Plane.Height, Plane.Width, channels);
            foreach (var name in FamilyNames.All)
            {
                var identity = FamilyNames.Find(name, Identity(name));
                foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
                {
                    var same = new PictureWarp(identity, Plane) { Sampler = SamplerNames.Find(sampler), Align = align }.Apply(picture);
                    Assert.Equal(picture.Channels, same.Channels);
                    Assert.True(picture.Pixels.SequenceEqual(same.Pixels), $"{name}, {channels} channels, {align}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_quarter_turn_moves_each_pixel_of_a_square_to_its_place(string sampler)
    {
        var picture = Photographs.Noise(16, 16);
        var turned = Warp(new PixelMotion(90), new Plane(16, 16), SamplerNames.Find(sampler)).Apply(picture);
        for (var row = 0; row < 16; row++)
        {
            for (var column = 0; column < 16; column++)
                Assert.Equal(picture.At(row, column).ToArray(), turned.At(15 - column, row).ToArray()); // counter-clockwise
        }
    }

    [Fact]
    public void On_a_picture_that_is_not_square_a_turn_does_not_shear()
    {
        var picture = Photographs.Noise(21, 31);
        var turned = Warp(new PixelMotion(90), new Plane(21, 31)).Apply(picture);
        for (var across = -10; across <= 10; across++)
        {
            for (var down = -10; down <= 10; down++)
                Assert.Equal(picture.At(10 + down, 15 + across).ToArray(), turned.At(10 - across, 15 + down).ToArray());
        }
    }

    [Fact]
    public void Paddings_say_what_comes_in_from_outside()
    {
        var picture = new Picture(6, 6);
        picture.Pixels.Fill(200);
        Assert.Equal([0, 0, 0], Moved(picture, "zeros"));
        Assert.Equal([200, 200, 200], Moved(picture, "border"));
        Assert.Equal([200, 200, 200], Moved(picture, "reflection"));
        Assert.Equal([255, 255, 255], Moved(picture, "constant:255"));
        Assert.Equal([0, 0, 0, 0], Moved(picture, "transparent"));
        var clear = new Picture(6, 6, 4);
        clear.Pixels.Fill(200);
        Assert.Equal([0, 0, 0, 0], Moved(clear, "zeros"));
        Assert.Equal([90, 90, 90, 255], Moved(clear, "constant:90"));
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("constant")]
    [InlineData("constant:256")]
    [InlineData("constant:-1")]
    [InlineData("constant:NaN")]
    public void What_is_no_padding_is_refused_with_those_that_are(string text) => Assert.Contains(
        $"'{text}' is no padding: use zeros, border", Assert.Throws<ArgumentException>(() => PicturePadding.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_invisible_neighbour_lends_its_alpha_but_not_its_colour()
    {
        var picture = new Picture(1, 2, 4);
        ((byte[])[200, 100, 50, 255, 255, 255, 255, 0]).CopyTo(picture.Pixels);
        var half = Warp(new PixelMotion(X: 0.5), new Plane(1, 2)).Apply(picture);
        Assert.Equal([200, 100, 50, 128], half.At(0, 1).ToArray());
    }

    [Fact]
    public void A_smaller_output_shows_the_whole_picture()
    {
        var picture = new Picture(4, 8);
        for (var column = 0; column < 8; column++)
        {
            for (var row = 0; row < 4; row++)
                picture.At(row, column).Fill((byte)(column * 30));
        }

        var small = Warp(new PixelMotion(), new Plane(2, 4)).Apply(picture);
        Assert.Equal([15, 75, 135, 195], Enumerable.Range(0, 4).Select(column => small.At(0, column)[0]));
    }

    private static byte[] Moved(Picture picture, string padding) =>
        (Warp(new PixelMotion(X: 3), new Plane(6, 6)) with { Padding = PicturePadding.Parse(padding) }).Apply(picture).At(2, 0).ToArray();

    private static PictureWarp Warp(PixelMotion motion, Plane target, Func<Padding, Sampler>? sampler = null)
    {
        var warp = new PictureWarp(motion.Transformation(target, AlignCorners.False), target);
        return sampler is null ? warp : warp with { Sampler = sampler };
    }

    private static double[] Identity(string name) => name is "tps" or "mesh"
        ? [.. new MeshTransformation(3).Identity]
        : [.. Enumerable.Range(0, 9).Select(count => TryIdentity(name, count)).First(theta => theta is not null)!];

    private static IReadOnlyList<double>? TryIdentity(string name, int count)
    {
        try
        {
            return FamilyNames.Find(name, new double[count]).Family.Identity;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
