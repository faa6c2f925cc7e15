using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Tests;

public sealed class DistortedSetTests
{
    private static readonly LabelledImages s_digits = Synthetic.Digits(4);
    private static readonly RtsDistortion s_rts = new();

    [Fact]
    public void A_training_set_is_distorted_afresh_in_each_epoch()
    {
        var set = DistortedSet.Training(s_digits, s_rts, 1);
        Assert.Equal(Pixels(set, 2, epoch: 3), Pixels(set, 2, epoch: 3));
        Assert.NotEqual(Pixels(set, 2, epoch: 3), Pixels(set, 2, epoch: 4));
        Assert.NotEqual(Pixels(set, 2, epoch: 3), Pixels(DistortedSet.Training(s_digits, s_rts, 2), 2, epoch: 3));
    }

    [Fact]
    public void A_test_set_is_one_draw_whatever_the_epoch()
    {
        var set = DistortedSet.Test(s_digits, s_rts);
        Assert.Equal(Pixels(set, 1, epoch: 0), Pixels(set, 1, epoch: 9));
        Assert.NotEqual(Pixels(set, 1, epoch: 0), Pixels(DistortedSet.Validation(s_digits, s_rts), 1, epoch: 0));
        Assert.NotEqual(
            Pixels(set, 1, epoch: 0), Pixels(DistortedSet.Training(s_digits, s_rts, DistortedSet.FixedSeed), 1, epoch: 0));
    }

    [Fact]
    public void A_fixed_set_makes_each_image_once()
    {
        var counting = new Counting();
        var (test, training) = (DistortedSet.Test(s_digits, counting), DistortedSet.Training(s_digits, counting, 1));
        var (first, second, label) = (new float[42 * 42], new float[42 * 42], new long[1]);
        test.Render(3, 0, first, label);
        test.Render(3, 1, second, label);
        Assert.Equal(first, second);
        Assert.Equal(Pixels(test, 3, 0).Select(value => value / 255f), second);
        Assert.Equal((3, 2), (label[0], counting.Calls)); // the second time for Pixels
        training.Render(3, 0, first, label);
        training.Render(3, 0, first, label);
        Assert.Equal(4, counting.Calls);
    }

    [Fact]
    public void The_size_is_the_canvass_and_the_description_names_distortion_purpose_and_seed()
    {
        var set = DistortedSet.Training(s_digits, s_rts, 17);
        Assert.Equal((4, new Plane(42, 42)), (set.Count, set.Plane));
        Assert.Equal("RTS: rotation ±45°, scale 0.7 to 1.2, random place in 42×42; TrainingDistortion, seed 17", set.Description);
    }

    [Fact]
    public void Digits_of_another_size_are_refused()
    {
        var small = new LabelledImages(new Plane(2, 2), new byte[4], new byte[1]);
        Assert.Throws<ArgumentException>(() => DistortedSet.Test(small, s_rts));
    }

    private static byte[] Pixels(DistortedSet set, int index, int epoch)
    {
        var canvas = new byte[set.Plane.Length];
        set.Render(index, epoch, canvas);
        return canvas;
    }

    private sealed class Counting : IDistortion
    {
        public int Calls { get; private set; }

        public string Description => s_rts.Description;

        public Plane Source => s_rts.Source;

        public Plane Canvas => s_rts.Canvas;

        public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
        {
            Calls++;
            return s_rts.Apply(digits, index, ref random, canvas);
        }
    }
}
