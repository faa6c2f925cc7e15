using Stn.Experiments.Benchmarks;

namespace Stn.Experiments.Tests.Benchmarks;

public sealed class StepAgreementTests
{
    [Fact]
    public void Values_that_differ_by_rounding_agree() =>
        StepAgreement.Require("cnn", [2, -0.5, 1e-5], "PyTorch", [2.001, -0.5005, -1e-5]);

    [Theory]
    [InlineData(2.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Another_value_is_refused_with_its_place(double other)
    {
        var error = Assert.Throws<InvalidDataException>(() => StepAgreement.Require("cnn at 42×42, train", [1, 2], "PyTorch", [1, other]));
        Assert.StartsWith("cnn at 42×42, train: value 1 is 2 in Stn and", error.Message, StringComparison.Ordinal);
        Assert.Contains("PyTorch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_a_number_on_both_sides_is_no_agreement() =>
        Assert.Throws<InvalidDataException>(() => StepAgreement.Require("cnn", [double.NaN], "PyTorch", [double.NaN]));

    [Fact]
    public void Another_number_of_values_is_another_network() =>
        Assert.Contains("2 values, PyTorch 1", Assert.Throws<InvalidDataException>(() => StepAgreement.Require("cnn", [1, 2], "PyTorch", [1])).Message, StringComparison.Ordinal);
}
