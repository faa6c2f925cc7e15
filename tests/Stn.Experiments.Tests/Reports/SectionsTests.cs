using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;

namespace Stn.Experiments.Tests.Reports;

public sealed class SectionsTests
{
    [Fact]
    public void Pictures_that_come_class_by_class_are_shown_of_all_classes()
    {
        var (which, some) = Sections.Some(Predictions(96, i => i / 32));
        Assert.Equal("24 evenly spaced", which);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => 4 * i), some.Select(one => one.Index));
    }

    [Theory]
    [InlineData(96, 7, "the first 24")]
    [InlineData(96, 1, "the first 24")]
    [InlineData(3, 2, "the first 3")]
    [InlineData(0, 2, "the first 0")]
    public void Others_are_shown_from_the_first_on(int count, int classes, string expected)
    {
        var (which, some) = Sections.Some(Predictions(count, i => i % classes));
        Assert.Equal(expected, which);
        Assert.Equal(Enumerable.Range(0, Math.Min(24, count)), some.Select(one => one.Index));
    }

    private static Prediction[] Predictions(int count, Func<int, int> classOf) => [.. Enumerable.Range(0, count).Select(i => new Prediction(i, [classOf(i)], [0], 0, 0, null))];
}
