using System.Text.Json;
using System.Text.Json.Nodes;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;
using static Stn.Experiments.Tests.Results.SampleRecords;

namespace Stn.Experiments.Tests.Results;

public sealed class ResultFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ResultFiles Files => new(_folder["results"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        var record = Of("rts/st-cnn-aff", 7, [3, 14, 159]);
        var path = Files.Write(record);
        Assert.Equal(_folder["results/rts/st-cnn-aff/fast-seed7.json"], path);
        var read = Assert.Single(Files.All());
        Assert.Equal([3, 14, 159], read.Wrong);
        Assert.Equal(JsonSerializer.Serialize(record, JsonStyle.Line), JsonSerializer.Serialize(read, JsonStyle.Line));
        Assert.Equal("results/rts/st-cnn-aff/fast-seed7.json", ResultFiles.DisplayName(read));
    }

    [Fact]
    public void A_record_is_short_to_read_one_line_for_an_epoch_and_one_for_all_that_is_wrong()
    {
        var lines = File.ReadAllLines(Files.Write(Of("rts/cnn", 1, Range(0, 400))));
        Assert.Single(lines, line => line.StartsWith("  \"wrong\": \"0 1 2 3 ", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains("\"train_loss\"", StringComparison.Ordinal)));
        Assert.InRange(lines.Length, 30, 90);
    }

    [Fact]
    public void Other_files_in_the_folder_are_no_records()
    {
        Assert.Empty(Files.All());
        Directory.CreateDirectory(_folder["results/decisions/0007-x"]);
        File.WriteAllText(_folder["results/demo.json"], "{}");
        File.WriteAllText(_folder["results/decisions/0007-x/config.json"], "{}");
        Assert.Empty(Files.All());
    }

    [Fact]
    public void A_file_that_is_broken_or_lies_in_a_wrong_place_is_named()
    {
        var path = Files.Write(Of("rts/cnn", 1, [1]));
        File.Move(path, _folder["results/rts/cnn/fast-seed2.json"]);
        Assert.Contains("fast-seed2.json is the record of rts/cnn/fast-seed1", Assert.Throws<InvalidDataException>(() => Files.All()).Message, StringComparison.Ordinal);
        var whole = File.ReadAllText(_folder["results/rts/cnn/fast-seed2.json"]);
        foreach (var broken in new[] { "{\"experiment\": 5}", With(whole, "manifest", "{}"), With(whole, "manifest", "null"), With(whole, "settings", "null"), With(whole, "wrong", "null") })
        {
            File.WriteAllText(_folder["results/rts/cnn/fast-seed2.json"], broken);
            Assert.Contains("fast-seed2.json is no record of a run", Assert.Throws<InvalidDataException>(() => Files.All()).Message, StringComparison.Ordinal);
        }

        static string With(string json, string key, string value)
        {
            var record = JsonNode.Parse(json)!.AsObject();
            record[key] = JsonNode.Parse(value);
            return record.ToJsonString();
        }
    }

    [Fact]
    public void The_records_of_the_repository_are_what_their_names_say() =>
        Assert.All(new ResultFiles(Path.Combine(RepositoryFolder.Root, "results")).All(), record =>
        {
            Assert.Equal(record.TestSamples * record.Error / 100, record.Wrong.Count, 6);
            Assert.Equal((record.Experiment, record.Protocol, record.Seed), (record.Settings.Experiment, record.Settings.Protocol, record.Settings.Seed));
        });

    [Fact]
    public void The_demo_of_the_repository_was_trained_by_the_protocol_as_it_is_but_for_its_length()
    {
        var demo = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "results", "demo.json")))!;
        var runs = demo["settings"].Deserialize<TrainingConfig[]>(JsonStyle.File)!;
        Assert.Equal(2, runs.Length);
        Assert.All(runs, run => Assert.Empty(ConfigFile.Differences(ExperimentCatalogue.Find(run.Experiment).Config(Protocols.Fast) with { Epochs = run.Epochs }, run)));
    }
}
