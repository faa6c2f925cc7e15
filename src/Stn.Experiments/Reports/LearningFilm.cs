using Stn.Data;
using Stn.Data.Pictures;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Experiments.Reports;

/// <summary>
/// A film of a few test digits while a network learns: where its transformers look, and what it makes of them. While the run is at
/// work θ is noted at chosen steps, many at first and fewer later; the pictures are drawn at the end.
/// </summary>
/// <param name="folder">The run's folder: <c>snapshots.jsonl</c> is written there, and kept when the run goes on.</param>
/// <param name="set">The first of these images are shown.</param>
/// <param name="classNames">The names of the classes, by label.</param>
public sealed class LearningFilm(string folder, ISampleSet set, IReadOnlyList<string> classNames) : IDisposable
{
    private const int Images = 6;
    private const int Frames = 50;
    private const int Columns = 3;
    private const int Gap = 10;

    // Frames of larger images, and of several transformers, would not fit the memory together.
    private const int Side = 128;
    private const int Text = 18;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(120);
    private static readonly Colour Ground = new(245, 246, 248);
    private static readonly Colour Ink = new(28, 32, 38);

    private MetricsLog? _log;
    private HashSet<long> _steps = [];

    private string LogPath => Path.Combine(folder, "snapshots.jsonl");

    /// <summary>The run starts, or goes on.</summary>
    /// <param name="step">Steps already made.</param>
    /// <param name="total">Steps in all.</param>
    public void Begin(long step, long total)
    {
        _log = MetricsLog.Open(LogPath, step);
        _steps = [.. Enumerable.Range(0, Frames + 1).Select(k => (long)Math.Round(total * Math.Pow((double)k / Frames, 2)))];
    }

    /// <summary>Notes θ, if this is a step to note.</summary>
    /// <param name="network">The network after so many steps; nothing of it changes.</param>
    /// <param name="step">Steps made.</param>
    /// <param name="device">Where the network is.</param>
    public void Look(Module network, long step, Device device)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!_steps.Remove(step) || _log is null)
            return;
        var first = new FirstSamples(set, Images);
        var seen = Evaluator.Evaluate(network, first, device).Predictions;
        var thetas = Evaluator.Thetas(network, first, device);
        var shown = DigitPictures.Shown(network).Select(transformer => thetas[transformer]).ToList();
        _log.Write(new FilmFrame(step, [.. seen.Select(p => p.Answers)], [.. seen.Select((_, i) => shown.ConvertAll(all => Part(all, i, seen.Count)))]));
    }

    /// <summary>The film of what was noted, as a GIF; it holds its last frame for a while.</summary>
    /// <param name="network">A network of the same kind: its transformers draw.</param>
    /// <exception cref="InvalidDataException">Nothing was noted.</exception>
    public byte[] Draw(Module network)
    {
        Dispose();
        // A run that goes on where it stopped may have noted a step twice.
        var frames = MetricsLog.Frames(LogPath).GroupBy(frame => frame.Step).Select(group => group.Last()).ToList();
        if (frames.Count == 0)
            throw new InvalidDataException($"{LogPath} holds no snapshot");
        var pictures = new DigitPictures(network, set, classNames) { Zoom = Math.Clamp(Side / set.Shape.Plane.Width, 1, 2) };
        var drawn = frames.Select(frame => Draw(pictures, frame, frames[^1].Step)).ToList();
        return AnimatedGif.Encode(drawn, Delay, last: 13 * Delay);
    }

    /// <summary>Closes the file of what was noted.</summary>
    public void Dispose()
    {
        _log?.Dispose();
        _log = null;
    }

    private Picture Draw(DigitPictures pictures, FilmFrame frame, long last)
    {
        var cells = frame.Thetas.Select((thetas, i) => pictures.Draw(i, thetas)).ToList();
        var (width, height) = (cells[0].Width + Gap, cells[0].Height + Text + Gap);
        var rows = (cells.Count + Columns - 1) / Columns;
        using var canvas = new Canvas((rows * height) + Text + Gap, (Columns * width) + Gap, Ground);
        canvas.Text($"step {frame.Step} of {last}", Gap, Text, 14, Ink, bold: true);
        for (var i = 0; i < cells.Count; i++)
        {
            var (x, y) = (Gap + (i % Columns * width), Gap + Text + (i / Columns * height));
            canvas.Draw(cells[i], x, y);
            canvas.Text($"{LabelText.Of(classNames, LabelsOf(i))}, read as {LabelText.Of(classNames, frame.Answers[i])}", x, y + cells[i].Height + Text - 4, 12, Ink);
        }

        return canvas.ToPicture();
    }

    private IEnumerable<int> LabelsOf(int index)
    {
        var labels = new long[set.LabelsPerSample];
        set.Render(index, 0, new float[set.Shape.Length], labels);
        return labels.Select(label => (int)label);
    }

    private static double[] Part(float[] values, int index, int count)
    {
        var length = values.Length / count;
        return Array.ConvertAll(values[(index * length)..((index + 1) * length)], value => (double)value);
    }
}
