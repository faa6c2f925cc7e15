using Stn.Data;
using Stn.Data.Pictures;
using Stn.Experiments.Catalogue;

namespace Stn.Experiments.Figures;

/// <summary>A contact sheet of each distortion: one digit of each class as it is, and what the first epochs of a run see of it.</summary>
internal static class DataFigures
{
    private const int Draws = 4;
    private const ulong Seed = 1;

    /// <summary>The sheet of a task.</summary>
    internal static Picture Draw(DigitTask task, Mnist mnist)
    {
        var set = DistortedSet.Training(mnist.Train, task.Distortion, Seed);
        var digits = Enumerable.Range(0, DigitTask.Classes).Select(label => FirstOf(mnist.Train, label)).ToList();
        var originals = digits.Select(index => Grey(mnist.Train.Image(index), mnist.Train.Plane));
        var draws = from epoch in Enumerable.Range(0, Draws) from index in digits select Drawn(set, index, epoch);
        var cells = originals.Concat(draws).Select(picture => new ContactSheetCell(picture, string.Empty));
        return new ContactSheet(task.Distortion.Description, digits.Count, [.. cells]) { Zoom = set.Plane.Width > 42 ? 2 : 3, Padding = 6 }.Render();
    }

    private static Picture Drawn(DistortedSet set, int index, int epoch)
    {
        var canvas = new byte[set.Plane.Length];
        set.Render(index, epoch, canvas);
        return Grey(canvas, set.Plane);
    }

    private static Picture Grey(ReadOnlySpan<byte> pixels, Kernels.Plane plane)
    {
        var values = new float[pixels.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = pixels[i] / 255f;
        return Picture.FromGrey(values, plane.Height, plane.Width);
    }

    private static int FirstOf(LabelledImages digits, int label)
    {
        var index = digits.Labels.IndexOf((byte)label);
        return index >= 0 ? index : throw new ArgumentException($"there is no digit {label} among these", nameof(digits));
    }
}
