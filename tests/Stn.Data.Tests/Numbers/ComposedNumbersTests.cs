using Stn.Data.Numbers;
using Stn.Data.Randomness;

namespace Stn.Data.Tests.Numbers;

public sealed class ComposedNumbersTests
{
    private static readonly LabelledImages s_digits = Synthetic.Digits(50);

    [Fact]
    public void Lengths_are_even_and_places_behind_the_number_hold_none()
    {
        var set = ComposedNumbers.Training(s_digits, 2000, 64, 1);
        var lengths = new int[6];
        for (var i = 0; i < set.Count; i++)
        {
            var labels = Render(set, i).Labels;
            var length = labels.TakeWhile(l => l != NumberLabels.None).Count();
            Assert.All(labels.Take(length), l => Assert.InRange(l, 0, 9));
            Assert.All(labels.Skip(length), l => Assert.Equal(NumberLabels.None, l));
            lengths[length]++;
        }

        Assert.Equal(0, lengths[0]);
        Assert.All(lengths[1..], count => Assert.InRange(count, 310, 490)); // 400, within five deviations
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Samples_are_colours_from_0_to_1_and_depend_on_seed_epoch_and_index_alone(int side)
    {
        var set = ComposedNumbers.Training(s_digits, 100, side, 1);
        var one = Render(set, 7, 2).Values;
        Assert.Equal(3 * side * side, one.Length);
        Assert.All(one, v => Assert.InRange(v, 0, 1));
        Assert.Equal(one, Render(ComposedNumbers.Training(s_digits, 100, side, 1), 7, 2).Values);
        Assert.NotEqual(one, Render(set, 7, 3).Values);
        Assert.NotEqual(one, Render(set, 8, 2).Values);
        Assert.NotEqual(one, Render(ComposedNumbers.Training(s_digits, 100, side, 2), 7, 2).Values);
        var test = ComposedNumbers.Test(s_digits, 100, side);
        Assert.Equal(Render(test, 3, 0).Values, Render(test, 3, 5).Values);
    }

    [Fact]
    public void Digits_stand_out_from_the_ground()
    {
        // A blank digit leaves the ground; a full one covers it by a colour whose lightness differs by 0.3 at least, less light, shade and grain.
        var blank = new LabelledImages(Synthetic.Plane, new byte[784], new byte[1]);
        var full = new LabelledImages(Synthetic.Plane, Enumerable.Repeat((byte)255, 784).ToArray(), new byte[1]);
        var (ground, number) = (ComposedNumbers.Test(blank, 20, 64), ComposedNumbers.Test(full, 20, 64));
        for (var i = 0; i < 20; i++)
        {
            var (without, with) = (Render(ground, i).Values, Render(number, i).Values);
            const int middle = (32 * 64) + 32;
            double Luma(float[] values) => (0.299 * values[middle]) + (0.587 * values[4096 + middle]) + (0.114 * values[8192 + middle]);
            Assert.True(Math.Abs(Luma(with) - Luma(without)) > 0.3 - 0.25 - 0.06, $"sample {i}");
        }
    }

    [Fact]
    public void Neighbours_keep_their_distance_and_digits_stand_in_a_row()
    {
        for (var i = 0; i < 500; i++)
        {
            var random = new CounterRandom(5, RandomPurpose.TrainingDistortion, 0, i);
            var scene = NumberScene.Draw(1 + (i % 5), 64, ref random);
            foreach (var digit in scene.Digits)
            {
                Assert.Equal(scene.Digits[0].AngleDegrees, digit.AngleDegrees);
                Assert.All(scene.Neighbours, n => Assert.True(Math.Pow(n.OffsetX - digit.OffsetX, 2) + Math.Pow(n.OffsetY - digit.OffsetY, 2) > Math.Pow(16 * (digit.Scale + n.Scale), 2)));
            }

            Assert.Equal(scene.Digits.Select(d => d.OffsetX).Order(), scene.Digits.Select(d => d.OffsetX));
            var reach = scene.Digits.Max(d => Math.Max(Math.Abs(d.OffsetX), Math.Abs(d.OffsetY)) + (10 * d.Scale));
            Assert.InRange(reach, 0, 36); // the ink lies in the canvas, but for the ends of the most slanted rows
        }
    }

    private static (float[] Values, long[] Labels) Render(ComposedNumbers set, int index, int epoch = 0)
    {
        var (values, labels) = (new float[set.Shape.Length], new long[5]);
        set.Render(index, epoch, values, labels);
        return (values, labels);
    }
}
