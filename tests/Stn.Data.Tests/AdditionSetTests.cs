namespace Stn.Data.Tests;

public sealed class AdditionSetTests
{
    private static readonly LabelledImages s_digits = Synthetic.Digits(100);

    [Fact]
    public void A_sample_is_two_distorted_digits_in_a_channel_each_and_their_sum()
    {
        var set = AdditionSet.Training(s_digits, 1);
        var (values, labels) = (new float[2 * 42 * 42], new long[1]);
        for (var i = 0; i < 20; i++)
        {
            set.Render(i, 3, values, labels);
            var (first, second) = set.PosesOf(i, 3);
            Assert.Equal(i, first.Digit);
            Assert.Equal(s_digits.Labels[i] + s_digits.Labels[second.Digit], labels[0]);
            Assert.Equal(first.Pose.OffsetX, Centre(values.AsSpan(0, 42 * 42)), 1.0);
            Assert.Equal(second.Pose.OffsetX, Centre(values.AsSpan(42 * 42)), 1.0);
        }
    }

    [Fact]
    public void Partners_are_uniform_over_the_set_and_poses_independent()
    {
        var set = AdditionSet.Training(s_digits, 2);
        var (partners, product) = (new int[100], 0.0);
        for (var epoch = 0; epoch < 100; epoch++)
        {
            for (var i = 0; i < 100; i++)
            {
                var (first, second) = set.PosesOf(i, epoch);
                partners[second.Digit]++;
                product += first.Pose.AngleDegrees * second.Pose.AngleDegrees / 10_000;
            }
        }

        // 100 of each, within five deviations; the angles' variance is 45²/3 = 675, so their mean product's deviation 6.75.
        Assert.All(partners, count => Assert.InRange(count, 50, 150));
        Assert.InRange(product, -34, 34);
    }

    [Fact]
    public void Training_is_drawn_afresh_in_each_epoch_and_the_test_set_never()
    {
        var (training, test) = (AdditionSet.Training(s_digits, 1), AdditionSet.Test(s_digits));
        Assert.NotEqual(training.PosesOf(5, 0), training.PosesOf(5, 1));
        Assert.Equal(test.PosesOf(5, 0), test.PosesOf(5, 1));
        Assert.NotEqual(test.PosesOf(5), AdditionSet.Validation(s_digits).PosesOf(5));
        Assert.NotEqual(training.Description, test.Description);
    }

    private static double Centre(ReadOnlySpan<float> image)
    {
        var (mass, sum) = (0.0, 0.0);
        for (var i = 0; i < image.Length; i++)
            (mass, sum) = (mass + image[i], sum + (image[i] * ((i % 42) - 20.5)));
        return sum / mass;
    }
}
