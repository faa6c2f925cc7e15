using System.Globalization;
using Stn.Data.Pictures;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Folders;
using Stn.Torch;

namespace Stn.Experiments.Predictions;

/// <summary>What a network says of a picture.</summary>
/// <param name="File">The picture.</param>
/// <param name="Class">The class with the highest probability.</param>
/// <param name="Name">Its name.</param>
/// <param name="Probabilities">Of each class.</param>
/// <param name="Theta">θ of the first transformer, target to source, normalised; null without one.</param>
/// <param name="Preparation">How the picture was made an image of the network, in words.</param>
public sealed record PicturePrediction(string File, int Class, string Name, IReadOnlyList<float> Probabilities, IReadOnlyList<float>? Theta, string Preparation)
{
    private const int Zoom = 4;
    private const int LargestZoomed = 64;

    /// <summary>The pictures that a path names: itself, or those of a folder, by name.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (!Directory.Exists(path))
            return System.IO.File.Exists(path) ? [path] : throw new FileNotFoundException($"{path}: there is no such picture or folder");
        string[] files = [.. Directory.EnumerateFiles(path).Where(IsPicture).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new FileNotFoundException($"{path} holds no .png, .jpg or .jpeg file");

        static bool IsPicture(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG";
    }

    /// <summary>Shows a picture to a network.</summary>
    /// <param name="saved">The network.</param>
    /// <param name="file">A PNG or JPEG file.</param>
    /// <param name="ink">What its ink is like.</param>
    /// <param name="warped">What the transformer made of it, enlarged; null without a transformer of images.</param>
    /// <exception cref="ArgumentException">The network reads neither digits nor pictures of the user's own, or of these the ink is named.</exception>
    /// <exception cref="InvalidDataException">The file is no picture.</exception>
    public static PicturePrediction Of(SavedNetwork saved, string file, Ink ink, out Picture? warped)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var shape = saved.Experiment.Task.Shape;
        var (values, preparation) = Prepare(saved.Experiment, Picture.Load(file), ink);
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var image = Tensor.From(values, shape.Batch(1));
        var transformer = saved.Network.Modules().Select(m => m.Module).OfType<SpatialTransformer>().FirstOrDefault();
        Tensor? theta = null;
        var logits = saved.Network.Forward(image, new Pass
        {
            Observer = (module, name, value) => theta = module == transformer && name == SpatialTransformerModule.ThetaName ? value.Clone() : theta,
        });
        warped = theta is null ? null : Enlarged(transformer!.Warp(image, theta));
        var answer = (int)logits.ArgMax(-1).ToArray<long>()[0];
        return new PicturePrediction(
            file, answer, saved.Experiment.Task.ClassNames[answer], logits.Softmax(-1).ToArray<float>(), theta?.ToArray<float>(), preparation);
    }

    private static (float[] Values, string Preparation) Prepare(Experiment experiment, Picture picture, Ink ink)
    {
        if (experiment.Task is FolderTask own)
        {
            return ink == Ink.Auto
                ? own.Prepare(picture)
                : throw new ArgumentException($"--ink is for digits; {experiment.Name} reads pictures as it learned from them");
        }

        var shape = experiment.Task.Shape;
        if (shape.IsVolume || shape.Channels != 1)
            throw new ArgumentException($"{experiment.Name} reads no grey pictures, but {(shape.IsVolume ? "volumes" : $"{shape.Channels} channels")}");
        var digit = PreparedDigit.Of(picture, shape.Plane, ink);
        return (digit.Values, digit.Preparation);
    }

    /// <summary>A table of predictions of one network as comma-separated values, with a line of names above.</summary>
    public static string Csv(IReadOnlyList<PicturePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var first = predictions[0];
        string[] head = ["file", "class", .. Numbered("p", first.Probabilities.Count), .. Numbered("theta", first.Theta?.Count ?? 0), "preparation", "name"];
        return string.Concat(predictions.Select(Line).Prepend(string.Join(',', head)).Select(line => line + "\n"));

        static IEnumerable<string> Numbered(string name, int count) => Enumerable.Range(0, count).Select(i => $"{name}{i}");
    }

    private static string Line(PicturePrediction one) => string.Join(
        ',',
        [Quoted(one.File), $"{one.Class}", .. one.Probabilities.Concat(one.Theta ?? []).Select(v => v.ToString("r", CultureInfo.InvariantCulture)), Quoted(one.Preparation), Quoted(one.Name)]);

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static Picture Enlarged(Tensor image)
    {
        var (channels, height, width) = ((int)image.Size(1), (int)image.Size(2), (int)image.Size(3));
        var zoom = width <= LargestZoomed ? Zoom : 1;
        using var canvas = new Canvas(height * zoom, width * zoom, Colour.Black);
        canvas.Draw(Picture.FromPlanes(image.ToArray<float>(), channels, height, width), 0, 0, zoom);
        return canvas.ToPicture();
    }
}
