using System.Text.Json;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Figures;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Tables;
using Stn.Experiments.Training;
using Stn.Testing;

namespace Stn.Experiments.Tests.CoLocalisation;

/// <summary>Records of runs that never were.</summary>
public sealed class CoLocalisationFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CoLocalisationFiles Files => new(_folder["results"]);

    private ResultFiles All => new(_folder["results"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_are_ten_digits_alone_and_ten_among_distractors()
    {
        Assert.Equal(20, CoLocalisationExperiments.All.Select(one => one.Name).Distinct().Count());
        Assert.Equal(85.8, CoLocalisationExperiments.All.Where(one => one.Cluttered).Average(CoLocalisationExperiments.Paper), 1e-9);
        Assert.Equal(["coloc-tc/7 1", "coloc-tc/7 2"], CoLocalisationExperiments.Matching("coloc-tc/7", 2).Select(one => $"{one.Name} {one.Seed}"));
        Assert.Null(CoLocalisationExperiments.Find("coloc-tc/10"));
    }

    [Fact]
    public void A_record_goes_through_its_file_and_other_records_are_not_disturbed()
    {
        var record = Of(7, true, 2, 93);
        var path = Files.Write(record);
        Assert.Equal(_folder["results/coloc-tc/7-seed2.json"], path);
        Assert.Equal(JsonSerializer.Serialize(record), JsonSerializer.Serialize(Files.Read(record.Settings)));
        Assert.Null(Files.Read(record.Settings with { Seed = 1 }));
        Assert.Empty(All.All());
        File.Move(path, _folder["results/coloc-tc/8-seed2.json"]);
        Assert.Contains("wrong place", Assert.Throws<InvalidDataException>(() => Files.OfAllSeeds(Of(8, true, 1, 0).Settings)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Files.Write(record with { Settings = record.Settings with { Rate = 1 } }));
    }

    [Fact]
    public void Table_5_has_the_papers_twenty_numbers_with_ours_beside()
    {
        Assert.Equal(20, PaperTables.Find(5).Markdown(All).Split("not run yet").Length - 1);
        foreach (var record in new[] { Of(7, true, 1, 85), Of(7, true, 2, 84), Of(1, true, 1, 80), Of(0, false, 1, 99) })
            Files.Write(record);
        var cells = JsonSerializer.SerializeToElement(PaperTables.Find(5).Json(All), JsonStyle.WithNulls).EnumerateArray().ToArray();
        Assert.Equal(20, cells.Length);
        var seven = cells.Single(c => c.GetProperty("data").GetString() == "coloc-tc" && c.GetProperty("digit").GetInt32() == 7);
        Assert.Equal((85, 84.5, 2), (seven.GetProperty("paper").GetDouble(), seven.GetProperty("ours").GetDouble(), seven.GetProperty("seeds").GetInt32()));
        Assert.True(seven.GetProperty("at_or_above_paper").GetBoolean()); // 84.5 rounds to 85
        Assert.Equal("results/coloc-tc/7-seed1.json", seven.GetProperty("log").GetString());
        var page = PaperTables.Find(5).Markdown(All);
        Assert.Contains("| 7 | 100 · not run yet | 85 · **84.5 ± 0.7** (2) (ink: 50) | [TC1](../results/coloc-tc/7-seed1.json) [TC2](../results/coloc-tc/7-seed2.json) |", page, StringComparison.Ordinal);
        Assert.Contains("| 82 · 80.0 (1) (ink: 50) |", page, StringComparison.Ordinal);
        Assert.Contains("coloc-tc: 2 of 10 digits are measured, mean 82.2, the paper's of the same 83.5, 1 at or above", page, StringComparison.Ordinal);
        Assert.Contains("0      100 | 99.0 (1)", PaperTables.Find(5).Text(All), StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_4_is_drawn_from_a_record_as_a_picture_and_a_film()
    {
        var sources = new FigureSources(new DataSources(() => GlyphDigits.Mnist(100, 1000)), All, _folder["runs"], _ => { });
        Assert.Contains("stn train coloc-tc/9 --record", Assert.Throws<FileNotFoundException>(() => FigureCatalogue.Write("4", _folder["out"], sources)).Message, StringComparison.Ordinal);
        Files.Write(Of(7, true, 1, 85));
        var files = FigureCatalogue.Write("4", _folder["out"], sources);
        Assert.Equal(["figure-4.png", "figure-4.gif"], files.Select(Path.GetFileName));
        var picture = Data.Pictures.Picture.Load(files[0]);
        Assert.Equal((26 + (3 * 176), 8 + (2 * 176)), (picture.Height, picture.Width));
        Assert.Equal("GIF89a"u8.ToArray(), File.ReadAllBytes(files[1])[..6]);
    }

    private static CoLocalisationRecord Of(int digit, bool cluttered, ulong seed, double correct)
    {
        var settings = new CoLocalisationSettings { Digit = digit, Cluttered = cluttered, Seed = seed };
        double[][] boxes = [[28, 28, 56, 56], [28, 28, 56, 56], [28, 28, 56, 56]];
        return new CoLocalisationRecord
        {
            Experiment = settings.Name,
            Seed = seed,
            Correct = correct,
            CorrectInk = 50,
            Loss = 0.5,
            Minutes = 1,
            Command = $"stn train {settings.Name} --seed {seed} --record",
            Stn = "0.1.0+0123abcd",
            Libtorch = "1.13.0",
            Processor = "a processor",
            Threads = 1,
            Encoder = "hash",
            Scenes = "hash",
            Settings = settings,
            Missed = [3, 9],
            Log = [new CoLocalisationFrame(0, 1, 5, boxes), new CoLocalisationFrame(300, 0.5, correct, boxes)],
        };
    }
}
