using System.Text.Json;
using Stn.Experiments.Birds;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Tables;
using Stn.Testing;
using static Stn.Experiments.Tests.Results.SampleRecords;

namespace Stn.Experiments.Tests.Tables;

public sealed class PaperTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ResultFiles Files => new(_folder["results"]);

    private static IPaperTable Table => PaperTables.Find(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Table_1_has_the_papers_36_numbers_and_says_that_they_are_not_run_yet()
    {
        var cells = Cells();
        Assert.Equal(36, cells.Length);
        Assert.Equal(["r", "rts", "p", "e", "tc"], cells.Select(c => c.GetProperty("data").GetString()).Distinct());
        Assert.All(cells, c => Assert.Equal((JsonValueKind.Null, 0), (c.GetProperty("ours").ValueKind, c.GetProperty("seeds").GetInt32())));
        Assert.Equal(36, Count(Table.Text(Files), "not run yet"));
        Assert.Equal(36, Count(Table.Markdown(Files), "not run yet"));
        Assert.Contains("| ST-CNN TPS | 0.7 · not run yet | 0.5 · not run yet | 0.8 · not run yet | 1.1 · not run yet | – |", Table.Markdown(Files), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_is_the_mean_of_its_seeds_with_their_spread_and_names_its_files()
    {
        Files.Write(Of("rts/st-cnn-aff", 1, Range(1, 4), minutes: 10));
        Files.Write(Of("rts/st-cnn-aff", 2, Range(1, 6), minutes: 20));
        var cell = Cells().Single(c => c.GetProperty("network").GetString() == "st-cnn-aff" && c.GetProperty("data").GetString() == "rts");
        Assert.Equal((0.5, 2, 15), (cell.GetProperty("ours").GetDouble(), cell.GetProperty("seeds").GetInt32(), cell.GetProperty("minutes").GetDouble()));
        Assert.Equal(0.2 / Math.Sqrt(2), cell.GetProperty("spread").GetDouble(), 12);
        Assert.Equal(("fast", 0.5), (cell.GetProperty("protocol").GetString(), cell.GetProperty("paper").GetDouble()));
        Assert.Equal("results/rts/st-cnn-aff/fast-seed1.json", cell.GetProperty("log").GetString());
        Assert.All(cell.GetProperty("logs").EnumerateArray(), log => Assert.True(File.Exists(_folder[log.GetString()!])));
        Assert.Contains("0.5 · **0.50 ± 0.14** (2)", Table.Markdown(Files), StringComparison.Ordinal);
        Assert.Contains("0.5 | 0.50 ± 0.14* (2)", Table.Text(Files), StringComparison.Ordinal);
        Assert.Contains("min  results/rts/st-cnn-aff/fast-seed1.json results/rts/st-cnn-aff/fast-seed2.json", Table.Text(Files), StringComparison.Ordinal);
        Assert.Contains("[1](../results/rts/st-cnn-aff/fast-seed1.json) [2](../results/rts/st-cnn-aff/fast-seed2.json)", Table.Markdown(Files), StringComparison.Ordinal);
    }

    /// <summary>Tables 2 and 3 as the paper prints them, table 3 as errors; what is not measured is a dash, and synthetic numbers have no cell.</summary>
    [Theory]
    [InlineData(2, "| CNN | 4.0 · – | 5.6 · – |", "| ST-CNN Single | 3.7 · – | 3.9 · – |", "| ST-CNN Multi | 3.6 · – | 3.9 · – |")]
    [InlineData(3, "| CNN | 17.7 · – | – |", "| 2×ST-CNN | 16.9 · – | 16.1 · – |", "| 4×ST-CNN | – | 15.9 · – |")]
    public void Other_tables_have_the_papers_numbers_beside_dashes(int number, params string[] rows)
    {
        Files.Write(Of("numbers64/cnn", 1, Range(1, 9)));
        Files.Write(Of("cub-small/2st-cnn-128", 1, Range(1, 9)));
        var markdown = PaperTables.Find(number).Markdown(Files);
        Assert.All(rows, row => Assert.Contains(row, markdown, StringComparison.Ordinal));
        Assert.Contains($"0 of {PaperTables.Find(number).Json(Files).Count} cells are measured", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Experiments_without_a_cell_stand_beside_the_tables()
    {
        Files.Write(Of("numbers64/cnn", 1, Range(1, 9)));
        Files.Write(Of("cub-small/2st-cnn-128", 1, Range(1, 40)) with { Windows = new WindowCoverage(7, 8, [new WindowShare("learned, 1", 50, 25)]) });
        var page = ResultsPage.Of(Files);
        Assert.Contains("| `numbers64/cnn` | fast | 0.90 | 1,000 |", page, StringComparison.Ordinal);
        Assert.Contains("of 7 heads and 8 bodies", page, StringComparison.Ordinal);
        Assert.Contains("| learned, 1 | 50.0 | 25.0 |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.54, true)]
    [InlineData(0.55, false)]
    [InlineData(0.6, false)]
    public void At_or_below_the_paper_is_after_rounding_to_one_decimal(double ours, bool holds)
    {
        Files.Write(Of("rts/st-cnn-aff", 1, [1]) with { Error = ours });
        var cell = Cells().Single(c => c.GetProperty("seeds").GetInt32() == 1);
        Assert.Equal(holds, cell.GetProperty("at_or_below_paper").GetBoolean());
        Assert.Equal(holds, Table.Markdown(Files).Contains($"0.5 · **{ours:f2}**", StringComparison.Ordinal));
        Assert.Contains($"1 of 36 cells are measured; {(holds ? 1 : 0)} are", Table.Text(Files), StringComparison.Ordinal);
    }

    [Fact]
    public void Transformers_are_compared_with_the_same_classifier_without_for_each_seed_that_both_have()
    {
        Files.Write(Of("rts/cnn", 1, Range(1, 20)));
        Files.Write(Of("rts/st-cnn-tps", 1, [.. Range(11, 20), 50, 51]));
        Files.Write(Of("rts/st-cnn-tps", 2, [1]));
        Assert.Contains("| `rts/st-cnn-tps` | `rts/cnn` | 1 | 10 | 2 | 0.0386 |", Table.Markdown(Files), StringComparison.Ordinal);
        Assert.Contains("rts/st-cnn-tps against rts/cnn on the same images: seed 1: 10 that only rts/cnn has wrong, 2 that only", Table.Text(Files), StringComparison.Ordinal);
        var paired = Cells().Single(c => c.GetProperty("seeds").GetInt32() == 2).GetProperty("paired");
        Assert.Equal(1, paired.GetArrayLength());
        Assert.Equal(10, paired[0].GetProperty("only_baseline_wrong").GetInt32());
    }

    [Fact]
    public void Each_protocol_has_cells_of_its_own()
    {
        Files.Write(Of("rts/cnn", 1, Range(1, 20)));
        Files.Write(Of("rts/cnn", 1, Range(1, 5), protocol: "paper"));
        var cells = Cells();
        Assert.Equal(72, cells.Length);
        Assert.Equal([2.0, 0.5], cells.Where(c => c.GetProperty("seeds").GetInt32() == 1).Select(c => c.GetProperty("ours").GetDouble()));
        Assert.Contains("### Protocol `paper`", Table.Markdown(Files), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_an_earlier_protocol_is_marked_until_there_is_one_of_the_protocol_as_it_is()
    {
        var record = Of("rts/cnn", 2, Range(1, 5));
        Files.Write(record with { Settings = record.Settings with { Rate = 1 } });
        Assert.Contains("0.8 | 0.50†*", Table.Text(Files), StringComparison.Ordinal);
        Assert.Contains("0.8 · **0.50†**", Table.Markdown(Files), StringComparison.Ordinal);
        Assert.All([Table.Text(Files), Table.Markdown(Files)], text => Assert.Contains("† recorded before the protocol was last changed", text, StringComparison.Ordinal));
        Assert.True(Cells().Single(c => c.GetProperty("seeds").GetInt32() == 1).GetProperty("earlier").GetBoolean());

        Files.Write(Of("rts/cnn", 1, Range(1, 4)));
        Assert.Contains("0.8 | 0.40*", Table.Text(Files), StringComparison.Ordinal);
        Assert.DoesNotContain("†", Table.Text(Files) + Table.Markdown(Files), StringComparison.Ordinal);
        Assert.All(Cells(), cell => Assert.False(cell.GetProperty("earlier").GetBoolean()));
    }

    [Fact]
    public void Of_two_earlier_states_the_later_is_shown_and_networks_are_compared_within_one_state()
    {
        // Once all networks had the same length.
        RunRecord Earlier(string experiment, ulong seed, int wrong, double rate, int day)
        {
            var record = Of(experiment, seed, Range(1, wrong));
            return record with { Settings = record.Settings with { Rate = rate, Epochs = 60 }, Manifest = record.Manifest with { Started = new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc) } };
        }

        Files.Write(Earlier("rts/st-cnn-aff", 1, 4, rate: 1, day: 1));
        Files.Write(Earlier("rts/st-cnn-aff", 2, 6, rate: 2, day: 2));
        Assert.Contains("0.5 | 0.60†", Table.Text(Files), StringComparison.Ordinal);

        Files.Write(Earlier("rts/cnn", 2, 20, rate: 3, day: 2));
        Assert.DoesNotContain("rts/st-cnn-aff against", Table.Text(Files), StringComparison.Ordinal);
        Files.Write(Earlier("rts/cnn", 2, 20, rate: 2, day: 2));
        Assert.Contains("rts/st-cnn-aff against rts/cnn", Table.Text(Files), StringComparison.Ordinal);
        Files.Write(Of("rts/cnn", 2, Range(1, 20)));
        Assert.DoesNotContain("rts/st-cnn-aff against", Table.Text(Files), StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_cell_does_not_touch_the_next_column()
    {
        Files.Write(Of("rts/st-cnn-aff", 1, Range(1, 4)));
        Files.Write(Of("rts/st-cnn-aff", 2, Range(1, 6)));
        Files.Write(Of("rts/st-cnn-aff", 3, Range(1, 1)));
        var row = Table.Text(Files).Split('\n').Single(line => line.StartsWith("ST-CNN Aff", StringComparison.Ordinal));
        Assert.Matches(@"\| 0\.37 ± \d\.\d\d\* \(3\) {2,}0\.8 \|", row);
    }

    [Fact]
    public void The_machine_of_each_seed_is_named_once()
    {
        foreach (var (seed, processor) in new[] { "one", "two", "two" }.Index())
        {
            var record = Of("rts/cnn", (ulong)seed + 1, Range(1, 4));
            Files.Write(record with { Manifest = record.Manifest with { Processor = processor, Threads = 1, Device = "cpu" } });
        }

        Assert.Contains("| one, 1 thread; two, 1 thread |", Table.Markdown(Files), StringComparison.Ordinal);
    }

    [Fact]
    public void Birds_of_448_pixels_have_a_cell_and_no_baseline_since_they_are_other_samples()
    {
        foreach (var name in new[] { "cnn-224", "2st-cnn-224", "2st-cnn-448", "4st-cnn-448" })
            Files.Write(Of($"cub/{name}", 1, Range(1, 90)) is var record && name.EndsWith("448", StringComparison.Ordinal) ? record with { Manifest = Larger(record.Manifest) } : record);
        Assert.Equal([null, "cub/cnn-224", null, null], Cells(PaperTables.Find(3)).Select(c => c.GetProperty("baseline").GetString()));
    }

    private static RunManifest Larger(RunManifest manifest) => manifest with { EvaluationData = manifest.EvaluationData with { Description = "448×448" } };

    [Fact]
    public void The_page_of_results_is_what_the_records_say()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "results.md"));
        Assert.True(
            page == ResultsPage.Of(new ResultFiles(Path.Combine(RepositoryFolder.Root, "results"))),
            "docs/results.md is out of date: stn table --markdown > docs/results.md");
    }

    [Fact]
    public void Table_4_compares_two_transformers_with_one_and_one_with_none()
    {
        string[] networks = ["fcn", "cnn", "st-fcn-aff", "st-fcn-proj", "st-fcn-tps", "2st-fcn-aff", "2st-fcn-proj", "2st-fcn-tps"];
        foreach (var (index, name) in networks.Index())
            Files.Write(Of($"addition/{name}", 1, Range(1, 90 - (10 * index))));
        var cells = Cells(PaperTables.Find(4));
        Assert.Equal(networks, cells.Select(c => c.GetProperty("network").GetString()));
        Assert.All(cells, c => Assert.Equal("addition", c.GetProperty("data").GetString()));
        Assert.Equal([47.7, 14.7, 22.6, 18.5, 19.1, 9.0, 5.9, 5.8], cells.Select(c => c.GetProperty("paper").GetDouble()));
        Assert.Equal(
            [null, "addition/fcn", "addition/fcn", "addition/fcn", "addition/fcn", "addition/st-fcn-aff", "addition/st-fcn-proj", "addition/st-fcn-tps"],
            cells.Select(c => c.GetProperty("baseline").GetString()));
        Assert.Equal([0, 10, 20, 30, 40, 30, 30, 30], cells.Select(c => c.GetProperty("paired") is { } p && p.GetArrayLength() == 1 ? p[0].GetProperty("only_baseline_wrong").GetInt32() : 0));
        Assert.Contains("| 2×ST-FCN TPS | 5.8 · **2.00** |", PaperTables.Find(4).Markdown(Files), StringComparison.Ordinal);
        Assert.Contains("2×ST-FCN Proj  5.9 | 3.00*", PaperTables.Find(4).Text(Files), StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private JsonElement[] Cells(IPaperTable? table = null) =>
        [.. JsonSerializer.SerializeToElement((table ?? Table).Json(Files), JsonStyle.WithNulls).EnumerateArray()];
}
