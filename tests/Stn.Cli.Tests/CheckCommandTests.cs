using System.Text.Json;
using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Cli.Commands;
using Stn.Kernels;
using Stn.Samplers;

namespace Stn.Cli.Tests;

public sealed class CheckCommandTests
{
    [Fact]
    public void The_check_prints_its_counts_as_JSON()
    {
        var outcome = Tool.Run("check", "--only", "2d/grid/nearest", "--json");
        Assert.Equal(StnTool.Success, outcome.Code);
        var counts = new[] { "cases", "passed", "explained", "failed" }.Select(name => outcome.Json.GetProperty(name).GetInt32()).ToArray();
        Assert.True(counts[0] > 100);
        Assert.Equal(counts[0], counts[1] + counts[2]);
        Assert.Equal(0, counts[3]);
        Assert.Equal(JsonValueKind.String, outcome.Json.GetProperty("libtorch").ValueKind);
    }

    [Fact]
    public void A_part_of_no_name_exits_with_2()
    {
        var outcome = Tool.Run("check", "--only", "sinc");
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains("'sinc'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_fails_exits_with_1_and_is_listed_with_its_numbers()
    {
        var wrong = CheckTable.Empty.With(new CheckedSampler(
            "wrong", new BilinearSampler(Padding.Border), dimensions => ScalarSampler.Of(Sampling.Linear(), dimensions), IsTwiceDifferentiable: false));
        var output = new StringWriter();
        var before = System.Console.Out;
        System.Console.SetOut(output);
        try
        {
            Assert.Equal(StnTool.Failure, CheckCommand.Create(_ => wrong).Parse(["--only", "2d/grid"]).Invoke());
        }
        finally
        {
            System.Console.SetOut(before);
        }

        Assert.Contains("FAILED: 2d/grid/wrong/edges/float32, odd sizes, against scalar", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("expected", output.ToString(), StringComparison.Ordinal);
    }
}
