using Stn.Data.Distortions;
using static Stn.Data.Tests.Distortions.DistortionTrial;

namespace Stn.Data.Tests.Distortions;

public sealed class ProjectiveDistortionTests
{
    private static readonly ProjectiveDistortion s_projective = new();

    [Fact]
    public void Scales_are_uniform_and_corners_lie_normally_around_the_scaled_frame()
    {
        var bins = new int[10];
        var offsets = Enumerable.Range(0, 8).Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var random = Random(5, i);
            var (scale, corners) = s_projective.Draw(ref random);
            bins[Tenth(scale, 0.75, 1)]++;
            for (var corner = 0; corner < 4; corner++)
            {
                var (right, down) = (corner is 1 or 2 ? 14 : -14, corner >= 2 ? 14 : -14);
                offsets[2 * corner].Add(corners[corner].X - 13.5 - (scale * right));
                offsets[(2 * corner) + 1].Add(corners[corner].Y - 13.5 - (scale * down));
            }
        }

        AssertUniform(bins);
        Assert.All(offsets, values => AssertNormal(values, 5));
        Assert.InRange(offsets[0].Zip(offsets[1], (x, y) => x * y).Average() / 25, -0.04, 0.04); // each coordinate by itself
    }

    [Fact]
    public void A_spot_is_seen_where_the_accepted_frame_puts_it()
    {
        var seenOnes = 0;
        foreach (var (column, row) in new[] { (9, 8), (18, 10), (13, 14), (8, 19), (20, 20) })
        {
            var digits = One(Spot(column, row));
            for (var i = 0UL; i < 40; i++)
            {
                var map = Accepted(digits, i).Map;
                var (x, y) = map.Map(column, row);
                var ((rightX, rightY), (downX, downY)) = (map.Map(column + 1, row), map.Map(column, row + 1));
                var area = ((rightX - x) * (downY - y)) - ((rightY - y) * (downX - x));
                if (area is < 0.4 or > 2.5)
                    continue; // squeezed to less than a pixel, or blown up to more than the canvas
                seenOnes++;
                var seen = Moments.Of(Apply(s_projective, digits, 0, i).Canvas, 28);
                Assert.Equal(x - 13.5, seen.X, 0.35);
                Assert.Equal(y - 13.5, seen.Y, 0.35);
            }
        }

        Assert.InRange(seenOnes, 120, 200);
    }

    [Fact]
    public void Frames_that_fold_or_lose_ink_are_drawn_again_and_no_others()
    {
        var digits = Synthetic.Digits(200);
        var draws = Enumerable.Range(0, 200).Select(i => Accepted(digits, 9, i).Draws).ToArray();
        // Synthetic digits have more ink at their edge than written ones, so more than those are drawn again.
        Assert.InRange(draws.Count(count => count > 1), 20, 150);
        for (var i = 0; i < 200; i++)
        {
            var (map, _) = Accepted(digits, 9, i);
            var expected = new byte[28 * 28];
            ByteWarp.Projective(digits.Image(i), Synthetic.Plane, map.Inverse(), Synthetic.Plane, expected);
            Assert.Equal(expected, Apply(s_projective, digits, i, 9).Canvas);
        }
    }

    [Fact]
    public void Corners_that_do_not_go_round_a_convex_frame_are_folded()
    {
        var frame = FrameCorners.Of(Synthetic.Plane, Synthetic.Plane, 1);
        Assert.True(frame.IsConvex);
        Assert.False(frame.Move(0, 15, 15).IsConvex); // a dent
        Assert.False(frame.Move(0, 30, 0).Move(1, -30, 0).IsConvex); // crossed sides
        Assert.False(frame.Move(0, 28, 0).Move(1, -28, 0).Move(2, -28, 0).Move(3, 28, 0).IsConvex); // a mirror image
        Assert.Null(frame.Move(0, 15, 15).ToCanvas(Synthetic.Plane));
    }

    [Fact]
    public void The_map_takes_the_frame_to_its_corners_and_its_inverse_back()
    {
        var corners = FrameCorners.Of(Synthetic.Plane, Synthetic.Plane, 0.8).Move(0, 3, -2).Move(2, -6, 1).Move(3, 1, 4);
        var map = Homography.OfFrame(corners, Synthetic.Plane);
        var back = map.Inverse();
        foreach (var (corner, x, y) in new[] { (0, -0.5, -0.5), (1, 27.5, -0.5), (2, 27.5, 27.5), (3, -0.5, 27.5) })
        {
            var there = map.Map(x, y);
            Assert.Equal((corners[corner].X, corners[corner].Y), there, Close);
            Assert.Equal((x, y), back.Map(there.X, there.Y), Close);
        }
    }

    /// <inheritdoc cref="Hash"/>
    [Fact]
    public void The_first_64_images_have_the_same_bytes_on_every_machine() => Assert.Equal(
        "ccc277da82d7017787ae7d86b86658d2edbebefce742e75d28b4f5c12af88380", Hash(s_projective));

    private static bool Close((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) < 1e-9 && Math.Abs(a.Y - b.Y) < 1e-9;

    // The rule, written down again: the first frame that is convex and by which 95 % of the ink stays inside.
    private static (Homography Map, int Draws) Accepted(LabelledImages digits, ulong seed, int index = 0)
    {
        var random = Random(seed, index);
        for (var draws = 1; ; draws++)
        {
            if (s_projective.Draw(ref random).Corners.ToCanvas(Synthetic.Plane) is not { } map)
                continue;
            var ink = digits.Image(index).ToArray().Select((value, i) => (Value: (double)value, At: map.Map(i % 28, i / 28))).ToArray();
            var kept = ink.Where(pixel => pixel.At.X is >= -0.5 and < 27.5 && pixel.At.Y is >= -0.5 and < 27.5).Sum(pixel => pixel.Value);
            if (kept >= 0.95 * ink.Sum(pixel => pixel.Value))
                return (map, draws);
        }
    }

    private static byte[] Spot(int column, int row)
    {
        var image = new byte[28 * 28];
        for (var i = 0; i < image.Length; i++)
        {
            var (x, y) = ((i % 28) - column, (i / 28) - row);
            image[i] = (byte)(255 * Math.Exp(-((x * x) + (y * y)) / 2.0));
        }

        return image;
    }
}
