using Stn.Checks.Benchmarks;
using Stn.Checks.Cases;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Checks.Tests;

public sealed class TableTests : TensorTest
{
    [Fact]
    public void The_quick_table_holds_with_every_kind_of_check()
    {
        var report = CheckRun.Of(CheckTable.Quick, shapes: 600);
        Assert.True(report.Failed == 0, report.ToString());
        Assert.Equal(report.Cases, report.Passed + report.Explained);
        Assert.Equal(["buffers", "differences", "libtorch", "scalar", "second order"], report.Results.Select(result => result.Check).Distinct().Order());
        Assert.Contains(TorchRuntime.Version, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_explained_is_named_with_its_reason()
    {
        var report = CheckRun.Of(CheckTable.Default.Only("2d/grid/bicubic-zeros/edges/float32"));
        Assert.True(report.Failed == 0, report.ToString());
        Assert.All(report.Met, met => Assert.Contains($"explained: {met.Known.Name}", report.ToString(), StringComparison.Ordinal));
        Assert.Equal(report.Explained, report.Results.Count(result => result.Known.Count > 0));
    }

    [Fact]
    public void The_table_is_the_whole_matrix_and_every_name_is_one_case()
    {
        var names = CheckTable.Default.Cases.Select(one => one.Name).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        foreach (var family in CheckedFamily.All)
            Assert.Contains($"{family.Dimensions}d/{family.Name}/bilinear-border/corners/float64", names);
        foreach (var sampler in CheckedSampler.All)
            Assert.Contains($"2d/grid/{sampler.Name}/edges/float32", names);
    }

    [Fact]
    public void A_part_of_no_name_is_refused_with_an_example()
    {
        var error = Assert.Throws<ArgumentException>(() => CheckTable.Default.Only("trilinear"));
        Assert.Contains("'trilinear'", error.Message, StringComparison.Ordinal);
        Assert.Contains("2d/grid/bilinear-zeros", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_benchmark_times_cases_of_the_table()
    {
        Assert.All(SamplerWork.All, work => Assert.Same(CheckTable.Default[work.Case.Name], work.Case));
        Assert.All(SamplerWork.All, work => Assert.True(work.Case.LibtorchHasIt));
    }

    [Fact]
    public void Another_seed_gives_other_numbers_and_holds_too()
    {
        var table = CheckTable.Default.Only("2d/projective/bilinear-reflection");
        var reports = new[] { 2, 3 }.Select(seed => CheckRun.Of(table, seed)).ToArray();
        Assert.All(reports, report => Assert.True(report.Failed == 0, report.ToString()));
    }
}
