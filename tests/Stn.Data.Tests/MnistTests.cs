namespace Stn.Data.Tests;

public sealed class MnistTests
{
    private readonly Mnist _mnist = new(Synthetic.Digits(12), Synthetic.Digits(3));

    [Fact]
    public void The_last_training_digits_are_set_apart_for_validation()
    {
        var (train, validation) = _mnist.SplitTrain(validation: 5);
        Assert.Equal((7, 5), (train.Count, validation.Count));
        Assert.Equal(_mnist.Train.Image(7), validation.Image(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void A_split_that_leaves_one_side_empty_is_refused(int validation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _mnist.SplitTrain(validation));
}
