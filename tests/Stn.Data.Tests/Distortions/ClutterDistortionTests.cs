using Stn.Data.Distortions;
using static Stn.Data.Tests.Distortions.DistortionTrial;

namespace Stn.Data.Tests.Distortions;

public sealed class ClutterDistortionTests
{
    private static readonly ClutterDistortion s_clutter = new();

    [Fact]
    public void The_digit_lies_unchanged_at_a_uniform_place()
    {
        // The only ink of the others is a pixel, dim enough to be told apart.
        var digits = Faint(4, Glyph());
        var (columns, rows) = (new int[33], new int[33]);
        for (var i = 0; i < 8_000; i++)
        {
            var random = Random(7, i);
            var canvas = new byte[60 * 60];
            var pose = s_clutter.Apply(digits, 1, ref random, canvas)!.Value;
            Assert.Equal((0.0, 1.0), (pose.AngleDegrees, pose.Scale));
            var (column, row) = ((int)(pose.OffsetX + 16), (int)(pose.OffsetY + 16));
            columns[column]++;
            rows[row]++;
            for (var y = 0; y < 28; y++)
            {
                for (var x = 0; x < 28; x++)
                    Assert.InRange(canvas[((row + y) * 60) + column + x] - digits.Image(1)[(y * 28) + x], 0, 6);
            }
        }

        Assert.All(columns.Concat(rows), count => Assert.InRange(count, 165, 325)); // 8,000/33 within five deviations
    }

    [Fact]
    public void Six_patches_of_other_digits_lie_at_uniform_places()
    {
        // A black digit among digits of nothing but dim ink: what is seen is the patches, six times 36 pixels of it.
        var digits = Grey(5);
        var places = new int[60 * 60];
        for (var i = 0; i < 4_000; i++)
        {
            var canvas = Apply(s_clutter, digits, 1, seed: (ulong)i).Canvas;
            Assert.Equal(6 * 36, canvas.Sum(value => value));
            for (var place = 0; place < places.Length; place++)
                places[place] += canvas[place];
        }

        // Away from the edges, where fewer patches reach, each pixel is as likely as any: 24,000·36/55² of them.
        var inner = Enumerable.Range(0, 60 * 60).Where(i => i % 60 is >= 5 and < 55 && i / 60 is >= 5 and < 55).Select(i => (double)places[i]).ToArray();
        Assert.InRange(inner.Average(), 284, 287.5);
        Assert.InRange(inner.Min(), 200, 285);
        Assert.InRange(inner.Max(), 286, 370); // five deviations of 17
    }

    [Fact]
    public void Patches_come_from_every_other_digit_and_every_place_ink_or_not()
    {
        // All ink of these digits is one pixel in the middle: 36 of the 23² places of a patch see it.
        var digits = Faint(10, new byte[28 * 28]);
        var (froms, columns, rows, inked) = (new int[10], new int[23], new int[23], 0);
        for (var i = 0; i < 9_000; i++)
        {
            var random = Random(8, i);
            var cut = s_clutter.DrawPatch(digits, 1, ref random);
            froms[cut.Digit]++;
            columns[cut.Column]++;
            rows[cut.Row]++;
            inked += cut.Column is >= 9 and <= 14 && cut.Row is >= 9 and <= 14 ? 1 : 0;
            Assert.InRange(cut.ToColumn, 0, 54);
            Assert.InRange(cut.ToRow, 0, 54);
        }

        Assert.Equal(0, froms[1]);
        Assert.All(froms.Where((_, digit) => digit != 1), count => Assert.InRange(count, 850, 1150));
        Assert.All(columns.Concat(rows), count => Assert.InRange(count, 295, 490)); // 9,000/23 within five deviations
        Assert.InRange(inked, 493, 732); // 9,000·36/529 within five deviations
    }

    [Fact]
    public void Ink_is_added_and_stops_at_white()
    {
        var white = Enumerable.Repeat((byte)255, 28 * 28).ToArray();
        var digits = new LabelledImages(Synthetic.Plane, white.Concat(white).ToArray(), new byte[2]);
        var canvas = Apply(s_clutter, digits, 0, 1).Canvas;
        Assert.All(canvas, value => Assert.True(value is 0 or 255));
        Assert.InRange(canvas.Count(value => value == 255), 28 * 28, (28 * 28) + (6 * 36));
    }

    [Fact]
    public void One_digit_alone_is_refused_and_black_ones_give_a_black_canvas()
    {
        Assert.Contains("two are needed", Assert.Throws<ArgumentException>(() => Apply(s_clutter, One(Glyph()), 0, 1)).Message, StringComparison.Ordinal);
        var black = new LabelledImages(Synthetic.Plane, new byte[2 * 28 * 28], new byte[2]);
        Assert.Equal(new byte[60 * 60], Apply(s_clutter, black, 0, 1).Canvas);
    }

    /// <inheritdoc cref="Hash"/>
    [Fact]
    public void The_first_64_images_have_the_same_bytes_on_every_machine() => Assert.Equal(
        "3b4fb98adb1dffafa49892559a48162b3c6dab32f31b2945b6479e0c781962f4", Hash(s_clutter));

    // A black digit at 1, the others all of 1.
    private static LabelledImages Grey(int count)
    {
        var pixels = Enumerable.Repeat((byte)1, count * 28 * 28).ToArray();
        pixels.AsSpan(28 * 28, 28 * 28).Clear();
        return new LabelledImages(Synthetic.Plane, pixels, new byte[count]);
    }

    // A digit at 1, the others black but for a pixel of 1 in the middle.
    private static LabelledImages Faint(int count, byte[] digit)
    {
        var pixels = new byte[count * 28 * 28];
        for (var i = 0; i < count; i++)
        {
            if (i == 1)
                digit.Select(value => Math.Min(value, (byte)249)).ToArray().CopyTo(pixels, i * 28 * 28);
            else
                pixels[(i * 28 * 28) + (14 * 28) + 14] = 1;
        }

        return new LabelledImages(Synthetic.Plane, pixels, new byte[count]);
    }
}
