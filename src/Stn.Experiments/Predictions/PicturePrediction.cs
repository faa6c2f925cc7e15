using System.Globalization;
using Stn.Data.Pictures;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Folders;
using Stn.Torch;

namespace Stn.Experiments.Predictions;

/// <summary>What a network says of a picture.</summary>
/// <param name="File">The picture.</param>
/// <param name="Class">The class with the highest probability.</param>
/// <param name="Probabilities">Of each class.</param>
/// <param name="Theta">θ of the first transformer, target to source, normalised; null without one.</param>
/// <param name="Preparation">How the picture was made an image of the network, in words.</param>
public sealed record PicturePrediction(string File, int Class, IReadOnlyList<float> Probabilities, IReadOnlyList<float>? Theta, string Preparation)
{
    private const int Zoom = 4;

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
    /// <exception cref="ArgumentException">The network reads no grey images.</exception>
    /// <exception cref="InvalidDataException">The file is no picture.</exception>
    public static PicturePrediction Of(SavedNetwork saved, string file, Ink ink, out Picture? warped)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var shape = saved.Experiment.Task.Shape;
        // Its pictures were cropped, not set as digits are: another preparation would be another question.
        if (saved.Experiment.Task is FolderTask)
            throw new ArgumentException($"{saved.Experiment.Name} was trained on pictures of its own; stn predict prepares pictures as digits. 'stn eval' measures such a run");
        if (shape.IsVolume || shape.Channels != 1)
            throw new ArgumentException($"{saved.Experiment.Name} reads no grey pictures, but {(shape.IsVolume ? "volumes" : $"{shape.Channels} channels")}");
        var digit = PreparedDigit.Of(Picture.Load(file), shape.Plane, ink);
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var image = Tensor.From(digit.Values, shape.Batch(1));
        var transformer = saved.Network.Modules().Select(m => m.Module).OfType<SpatialTransformer>().FirstOrDefault();
        Tensor? theta = null;
        var logits = saved.Network.Forward(image, new Pass
        {
            Observer = (module, name, value) => theta = module == transformer && name == SpatialTransformerModule.ThetaName ? value.Clone() : theta,
        });
        warped = theta is null ? null : Enlarged(transformer!.Warp(image, theta));
        return new PicturePrediction(
            file, (int)logits.ArgMax(-1).ToArray<long>()[0], logits.Softmax(-1).ToArray<float>(), theta?.ToArray<float>(), digit.Preparation);
    }

    /// <summary>A table of predictions of one network as comma-separated values, with a line of names above.</summary>
    public static string Csv(IReadOnlyList<PicturePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var first = predictions[0];
        string[] head = ["file", "class", .. Numbered("p", first.Probabilities.Count), .. Numbered("theta", first.Theta?.Count ?? 0), "preparation"];
        return string.Concat(predictions.Select(Line).Prepend(string.Join(',', head)).Select(line => line + "\n"));

        static IEnumerable<string> Numbered(string name, int count) => Enumerable.Range(0, count).Select(i => $"{name}{i}");
    }

    private static string Line(PicturePrediction one) => string.Join(
        ',',
        [Quoted(one.File), $"{one.Class}", .. one.Probabilities.Concat(one.Theta ?? []).Select(v => v.ToString("r", CultureInfo.InvariantCulture)), Quoted(one.Preparation)]);

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static Picture Enlarged(Tensor image)
    {
        var (height, width) = ((int)image.Size(2), (int)image.Size(3));
        using var canvas = new Canvas(height * Zoom, width * Zoom, Colour.Black);
        canvas.Draw(Picture.FromGrey(image.ToArray<float>(), height, width), 0, 0, Zoom);
        return canvas.ToPicture();
    }
}
