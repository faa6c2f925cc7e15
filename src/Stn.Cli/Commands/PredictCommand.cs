using System.CommandLine;
using System.Text.Json;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Pictures;
using Stn.Experiments.Predictions;
using Stn.Experiments.Runs;

namespace Stn.Cli.Commands;

/// <summary><c>stn predict</c>.</summary>
internal static class PredictCommand
{
    private const string Help = """
        Show pictures to a trained network: class, probabilities, and where its transformer looked.

        A PNG or JPEG of the network's own size is read pixel by pixel. Any other becomes grey, is scaled to the frame of a digit
        (28x28) and put in the middle; dark ink on light paper is inverted. A network that learned from pictures of your own (folder/…) sees
        them as it learned from them. What was done is said with each answer.

        Examples:
          stn predict runs/rts-st-cnn-aff-fast-seed1 digit.png
          stn predict runs/rts-st-cnn-aff-fast-seed1 scans --csv --warped straightened
          stn predict runs/folder-st-cnn-aff-fast-seed1 photo.jpg
          stn predict results/rts/st-cnn-aff/fast-seed1.json photo.jpg --json
        """;

    internal static Command Create()
    {
        var common = new CommonOptions();
        var run = new Argument<string>("run") { Description = "A run's folder, a record of results/ with weights, or a weights file (then --experiment says of what)" };
        var pictures = new Argument<string>("pictures") { Description = "A PNG or JPEG file, or a folder of them" };
        var experiment = new Option<string>("--experiment") { Description = "For a weights file: the experiment whose network it is" };
        var ink = new Option<Ink>("--ink") { Description = "light, dark or auto: by the picture's edge (default auto)" };
        var warped = new Option<string>("--warped") { Description = "A folder for what the transformer makes of each picture" };
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated values: file, class, probabilities, θ" };
        var command = new Command("predict", Help) { run, pictures, experiment, ink, warped, csv, common.Threads, common.Json };
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            var files = PicturePrediction.Files(parsed.GetValue(pictures)!);
            RequireOtherPlaces(files, parsed.GetValue(warped));
            using var saved = SavedNetwork.Load(parsed.GetValue(run)!, parsed.GetValue(experiment));
            IReadOnlyList<PicturePrediction> predictions = [.. files.Select(file => Predict(saved, file, parsed.GetValue(ink), parsed.GetValue(warped)))];
            if (parsed.GetValue(common.Json))
                System.Console.WriteLine(JsonSerializer.Serialize(predictions, JsonStyle.Line));
            else if (parsed.GetValue(csv))
                System.Console.Write(PicturePrediction.Csv(predictions));
            else
                Print(predictions);
            return StnTool.Success;
        });
        return command;
    }

    private static PicturePrediction Predict(SavedNetwork saved, string file, Ink ink, string? folder)
    {
        var prediction = PicturePrediction.Of(saved, file, ink, out var warped);
        if (folder is null)
            return prediction;
        if (warped is null)
            throw new ArgumentException($"--warped: {saved.Experiment.Name} has no spatial transformer");
        Directory.CreateDirectory(folder);
        PictureFile.Write(WarpedPath(folder, file), warped);
        return prediction;
    }

    private static string WarpedPath(string folder, string file) =>
        Path.Combine(folder, Path.GetFileName(file) + (Path.GetExtension(file) == ".png" ? string.Empty : ".png"));

    private static void RequireOtherPlaces(IReadOnlyList<string> files, string? folder)
    {
        if (folder is null)
            return;
        var pictures = files.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        if (files.FirstOrDefault(file => pictures.Contains(Path.GetFullPath(WarpedPath(folder, file)))) is { } lost)
            throw new ArgumentException($"--warped: {WarpedPath(folder, lost)} is one of the pictures and would be overwritten; name another folder");
    }

    private static void Print(IReadOnlyList<PicturePrediction> predictions)
    {
        foreach (var one in predictions)
        {
            var theta = one.Theta is null ? string.Empty : $"  θ {string.Join(' ', one.Theta.Select(v => $"{v:f3}"))}";
            System.Console.WriteLine($"{one.File}: {one.Name} ({one.Probabilities[one.Class]:p1}){theta}  [{one.Preparation}]");
        }
    }
}
