using System.Globalization;
using Stn.Data.Pictures;
using Stn.Data.Scenes;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Pictures;
using Stn.Torch.Files;

namespace Stn.Experiments.Figures;

/// <summary>
/// The paper's figure 4: three images with their windows while these are learned, a column for each step; and the same as a film. From the
/// record of a co-localisation, whose images are drawn again from its seed.
/// </summary>
internal static class CoLocalisationFigure
{
    private const int Zoom = 2;
    private const int Margin = 8;
    private const int Top = 26;
    private static readonly int[] Steps = [0, 10, 60, 110, 160, 180];
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(150);
    private static readonly Colour Ink = new(0x1c, 0x20, 0x26);
    private static readonly Colour Window = new(0xff, 0xb0, 0x00);

    /// <summary>Writes <c>figure-4.png</c> and <c>figure-4.gif</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no record.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var files = new CoLocalisationFiles(sources.Files.Folder);
        var record = CoLocalisationExperiments.All.Reverse().SelectMany(files.OfAllSeeds).FirstOrDefault()
            ?? throw new FileNotFoundException("figure 4 needs the record of a co-localisation: stn train coloc-tc/9 --record");
        var scenes = CoLocalisationRun.Scenes(record.Settings, sources.Data.Mnist);
        var shown = record.Log.Where(frame => Steps.Contains(frame.Step)).Append(record.Log[^1]).DistinctBy(frame => frame.Step).ToList();
        var (png, gif) = (Path.Combine(folder, "figure-4.png"), Path.Combine(folder, "figure-4.gif"));
        PictureFile.Write(png, Draw(scenes, shown));
        var film = record.Log.Select(frame => Draw(scenes, frame)).ToList();
        AtomicFile.Write(gif, stream => stream.Write(AnimatedGif.Encode(film, Delay, last: 11 * Delay)));
        return [png, gif];
    }

    // Columns are steps, rows are images.
    private static Picture Draw(DigitScenes scenes, List<CoLocalisationFrame> frames)
    {
        var (side, rows) = ((DigitScenes.Canvas.Width * Zoom) + Margin, frames[0].Boxes.Count);
        using var canvas = new Canvas(Top + (rows * side), Margin + (frames.Count * side), Colour.White);
        foreach (var (column, frame) in frames.Index())
        {
            canvas.Text(Title(frame), Margin + (column * side) + (side / 2), Top - 8, 14, Ink, TextAlign.Centre, bold: true);
            for (var row = 0; row < rows; row++)
                Place(canvas, Margin + (column * side), Top + (row * side), scenes, row, frame);
        }

        return canvas.ToPicture();
    }

    // One step, images side by side.
    private static Picture Draw(DigitScenes scenes, CoLocalisationFrame frame)
    {
        var side = (DigitScenes.Canvas.Width * Zoom) + Margin;
        using var canvas = new Canvas(Top + side, Margin + (frame.Boxes.Count * side), Colour.White);
        canvas.Text(Title(frame), Margin, Top - 8, 14, Ink, bold: true);
        for (var i = 0; i < frame.Boxes.Count; i++)
            Place(canvas, Margin + (i * side), Top, scenes, i, frame);
        return canvas.ToPicture();
    }

    private static string Title(CoLocalisationFrame frame) => string.Create(CultureInfo.InvariantCulture, $"step {frame.Step}");

    private static void Place(Canvas canvas, int x, int y, DigitScenes scenes, int image, CoLocalisationFrame frame)
    {
        var (plane, box) = (DigitScenes.Canvas, frame.Boxes[image]);
        var values = new float[plane.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = scenes.Pixels[(image * plane.Length) + i] / 255f;
        canvas.Draw(Picture.FromPlanes(values, 1, plane.Height, plane.Width), x, y, Zoom);
        var (left, top, right, bottom) = ((float)box[0] * Zoom, (float)box[1] * Zoom, (float)box[2] * Zoom, (float)box[3] * Zoom);
        canvas.Polygon([new(x + left, y + top), new(x + right, y + top), new(x + right, y + bottom), new(x + left, y + bottom)], Window, 2);
    }
}
