using Stn.Experiments.Reports;

namespace Stn.Experiments.Tests.Reports;

public sealed class LabelTextTests
{
    private static readonly string[] Names = ["0", "1", string.Empty];

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1 0", 1, 0, 2, 2)]
    [InlineData("1 – 0", 1, 2, 0, 2)]
    [InlineData("none", 2, 2)]
    [InlineData("none", 2)]
    public void What_lies_behind_the_end_of_a_sequence_is_left_out(string text, params int[] labels) => Assert.Equal(text, LabelText.Of(Names, labels));
}
