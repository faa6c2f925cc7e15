using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Stn.Data;
using Stn.Data.Scenes;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Experiments.CoLocalisation;

/// <summary>A co-localisation from its images to its record.</summary>
public static class CoLocalisationRun
{
    /// <summary>The images whose windows are logged.</summary>
    public const int Shown = 3;

    private const int LogEvery = 10;
    private const double Enough = 0.5;

    /// <summary>The images of a co-localisation: test digits, distractors of training digits.</summary>
    /// <exception cref="ArgumentException">There are fewer digits of the class than images.</exception>
    public static DigitScenes Scenes(CoLocalisationSettings settings, Mnist digits)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(digits);
        return DigitScenes.Draw(digits.Test, settings.Digit, settings.Images, settings.Cluttered ? digits.Train : null, settings.Seed);
    }

    /// <summary>Runs one.</summary>
    /// <param name="settings">What decides it.</param>
    /// <param name="digits">Where the digits come from.</param>
    /// <param name="encoder">e().</param>
    /// <param name="encoderHash">SHA-256 of its weights, for the record.</param>
    /// <param name="progress">Told of each moment that is logged.</param>
    /// <exception cref="Training.TrainingException">The loss is not finite.</exception>
    public static CoLocalisationRecord Run(
        CoLocalisationSettings settings, Mnist digits, DigitEncoder encoder, string encoderHash, Action<CoLocalisationFrame>? progress = null)
    {
        var scenes = Scenes(settings, digits);
        using var localiser = new CoLocaliser(settings, scenes, encoder);
        var (clock, log) = (Stopwatch.StartNew(), new List<CoLocalisationFrame>());
        for (var step = 0; step <= settings.Steps; step++)
        {
            if (step % LogEvery == 0 || step == settings.Steps)
            {
                log.Add(Look(localiser, scenes, step));
                progress?.Invoke(log[^1]);
            }

            if (step < settings.Steps)
                localiser.Step(step);
        }

        return Record(settings, scenes, localiser.Windows(), encoderHash, clock.Elapsed.TotalMinutes, log);
    }

    private static CoLocalisationFrame Look(CoLocaliser localiser, DigitScenes scenes, int step)
    {
        var windows = localiser.Windows();
        return new CoLocalisationFrame(
            step, localiser.Loss(step), 100.0 - (100.0 * Missed(windows, scenes.Frames).Count / windows.Length),
            [.. windows.Take(Shown).Select(w => new[] { w.Left, w.Top, w.Right, w.Bottom }.Select(edge => Math.Round(edge, 2)).ToArray())]);
    }

    private static CoLocalisationRecord Record(
        CoLocalisationSettings settings, DigitScenes scenes, Box[] windows, string encoderHash, double minutes, IReadOnlyList<CoLocalisationFrame> log) => new()
        {
            Experiment = settings.Name,
            Seed = settings.Seed,
            Correct = log[^1].Correct,
            CorrectInk = 100.0 - (100.0 * Missed(windows, scenes.Ink).Count / windows.Length),
            Loss = log[^1].Loss,
            Minutes = minutes,
            Command = string.Create(CultureInfo.InvariantCulture, $"stn train {settings.Name} --seed {settings.Seed} --threads {TorchRuntime.Threads} --record"),
            Stn = RunManifest.BuildVersion,
            Libtorch = TorchRuntime.Version,
            Processor = RunManifest.ProcessorName(),
            Threads = TorchRuntime.Threads,
            Encoder = encoderHash,
            Scenes = Convert.ToHexStringLower(SHA256.HashData(scenes.Pixels)),
            Settings = settings,
            Missed = Missed(windows, scenes.Frames),
            Log = log,
        };

    private static IReadOnlyList<int> Missed(Box[] windows, IReadOnlyList<Box> truth) =>
        [.. Enumerable.Range(0, windows.Length).Where(i => !(windows[i].IntersectionOverUnion(truth[i]) > Enough))];
}
