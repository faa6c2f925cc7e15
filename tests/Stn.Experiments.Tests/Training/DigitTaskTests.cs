namespace Stn.Experiments.Tests.Training;

public sealed class DigitTaskTests
{
    [Fact]
    public void All_digits_are_used_unless_a_trial_takes_fewer()
    {
        Assert.Equal((100, 50), Sizes());
        Assert.Equal((30, 20), Sizes("train_images=30", "test_images=20"));
    }

    [Fact]
    public void Digits_held_out_replace_the_test_set()
    {
        Assert.Equal((90, 10), Sizes("validation=10"));
        var sets = Trial.Sets(Trial.Config("validation=10"));
        Assert.Contains("Validation", sets.Evaluation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train_images=101", "train_images is 101, there are 100")]
    [InlineData("test_images=51", "test_images is 51, there are 50")]
    [InlineData("validation=100", "validation")]
    public void More_than_there_are_is_refused(string setting, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => Sizes(setting)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_test_set_does_not_depend_on_the_seed_and_the_training_set_does()
    {
        var (one, two) = (Trial.Sets(Trial.Config("seed=1")), Trial.Sets(Trial.Config("seed=2")));
        Assert.Equal(one.Evaluation.Description, two.Evaluation.Description);
        Assert.NotEqual(one.Training.Description, two.Training.Description);
    }

    private static (int Training, int Evaluation) Sizes(params string[] settings)
    {
        var sets = Trial.Sets(Trial.Config(settings));
        return (sets.Training.Count, sets.Evaluation.Count);
    }
}
