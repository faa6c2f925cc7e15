using Stn.Data.Scenes;

namespace Stn.Data.Tests.Scenes;

public sealed class DigitScenesTests
{
    private static readonly LabelledImages s_digits = Synthetic.Digits(2_000);

    [Fact]
    public void A_scene_without_distractors_is_the_digit_in_its_frame_and_black_around()
    {
        var scenes = DigitScenes.Draw(s_digits, 7, 50, null, seed: 1);
        for (var i = 0; i < scenes.Count; i++)
        {
            var frame = scenes.Frames[i];
            Assert.Equal((28, 28), (frame.Right - frame.Left, frame.Bottom - frame.Top));
            var image = Cut(scenes, i, frame);
            Assert.Equal(scenes.Pixels.Slice(i * 84 * 84, 84 * 84).ToArray().Sum(p => p), image.Sum(p => p));
            Assert.Contains(Enumerable.Range(0, 2_000).Where(k => s_digits.Labels[k] == 7), k => s_digits.Image(k).SequenceEqual(image));
            // The synthetic ink fills 20×20 pixels in the middle, but for a black pixel at an edge here and there.
            Assert.InRange(frame.Left + 4, scenes.Ink[i].Left - 1, scenes.Ink[i].Left);
            Assert.InRange(scenes.Ink[i].Bottom, frame.Bottom - 5, frame.Bottom - 4);
        }
    }

    [Fact]
    public void Places_are_uniform_and_digits_not_repeated()
    {
        var bins = new int[57];
        for (var seed = 0ul; seed < 50; seed++)
        {
            var scenes = DigitScenes.Draw(s_digits, 3, 200, null, seed);
            foreach (var frame in scenes.Frames)
            {
                bins[(int)frame.Left]++;
                bins[(int)frame.Top]++;
            }

            if (seed == 0)
                Assert.Equal(200, Enumerable.Range(0, 200).Select(i => Convert.ToHexString(Cut(scenes, i, scenes.Frames[i]))).Distinct().Count());
        }

        // 20,000 / 57 = 351 of each, within five deviations.
        Assert.All(bins, count => Assert.InRange(count, 257, 445));
    }

    [Fact]
    public void Distractors_add_ink_of_6_by_6_patches_and_leave_the_digit_where_it_was()
    {
        var white = new byte[28 * 28];
        white.AsSpan().Fill(255);
        var plain = DigitScenes.Draw(s_digits, 5, 40, null, seed: 2);
        var cluttered = DigitScenes.Draw(s_digits, 5, 40, new LabelledImages(new Kernels.Plane(28, 28), white, new byte[1]), seed: 2);
        Assert.Equal(plain.Frames, cluttered.Frames);
        for (var i = 0; i < 40; i++)
        {
            var added = 0;
            for (var pixel = 0; pixel < 84 * 84; pixel++)
            {
                Assert.True(cluttered.Pixels[(i * 84 * 84) + pixel] >= plain.Pixels[(i * 84 * 84) + pixel]);
                added += cluttered.Pixels[(i * 84 * 84) + pixel] == 255 ? 1 : 0;
            }

            // 16 patches of 36 pixels, some over each other.
            Assert.InRange(added, 8 * 36, (16 * 36) + 10);
        }
    }

    [Fact]
    public void Seeds_decide_and_too_few_digits_are_refused()
    {
        Assert.Equal(DigitScenes.Draw(s_digits, 1, 10, s_digits, 1).Pixels.ToArray(), DigitScenes.Draw(s_digits, 1, 10, s_digits, 1).Pixels.ToArray());
        Assert.NotEqual(DigitScenes.Draw(s_digits, 1, 10, s_digits, 1).Pixels.ToArray(), DigitScenes.Draw(s_digits, 1, 10, s_digits, 2).Pixels.ToArray());
        var error = Assert.Throws<ArgumentException>(() => DigitScenes.Draw(s_digits, 1, 201, null, 1));
        Assert.Contains("200 digits of class 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Intersection_over_union_of_boxes()
    {
        var box = new Box(0, 0, 2, 2);
        Assert.Equal(1, box.IntersectionOverUnion(box));
        Assert.Equal(1 / 7.0, box.IntersectionOverUnion(new Box(1, 1, 3, 3)), 12);
        Assert.Equal(0, box.IntersectionOverUnion(new Box(2, 0, 4, 2)));
        Assert.Equal(0, box.IntersectionOverUnion(new Box(double.NaN, 0, 1, 1)));
        Assert.Equal(0, new Box(1, 1, 1, 1).IntersectionOverUnion(new Box(1, 1, 1, 1)));
        Assert.Equal(0.25, box.IntersectionOverUnion(new Box(-1, -1, 3, 3)));
    }

    private static byte[] Cut(DigitScenes scenes, int index, Box frame)
    {
        var image = new byte[28 * 28];
        for (var row = 0; row < 28; row++)
            scenes.Pixels.Slice((index * 84 * 84) + (((int)frame.Top + row) * 84) + (int)frame.Left, 28).CopyTo(image.AsSpan(row * 28));
        return image;
    }
}
