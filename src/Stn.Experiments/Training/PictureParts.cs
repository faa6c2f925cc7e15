using Stn.Data.Folders;

namespace Stn.Experiments.Training;

/// <summary>A user's pictures, each read once to see whether it can be.</summary>
/// <param name="ClassNames">The names of the classes; a label is a place among them.</param>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To measure the error on.</param>
public sealed record PictureParts(IReadOnlyList<string> ClassNames, PictureInspection Training, PictureInspection Validation)
{
    /// <summary>Reads them all; broken ones are reported, and an error unless they are to be skipped.</summary>
    /// <param name="settings">Where they are, and what to do with broken ones.</param>
    /// <param name="seed">Decides which are held out where the folder does not say.</param>
    /// <param name="report">Is told what happens, in words.</param>
    /// <exception cref="FileNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder is laid out otherwise, or pictures cannot be read.</exception>
    internal static PictureParts Read(PictureSettings settings, ulong seed, Action<string> report)
    {
        var pictures = LabelledPictures.Open(settings.Data, settings.ValidationShare, seed);
        report($"{settings.Data}: {pictures.ClassNames.Count} classes, {pictures.Training.Count} pictures to learn from, {pictures.Validation.Count} to validate with; reads each once");
        var both = PictureInspection.Of([.. pictures.Training, .. pictures.Validation], Environment.ProcessorCount);
        if (!settings.SkipBroken)
            both.RequireAll();
        else if (both.Broken.Count > 0)
            report($"{both.Describe()}; they are left out");
        var parts = new PictureParts(
            pictures.ClassNames, both.Slice(0, pictures.Training.Count), both.Slice(pictures.Training.Count, pictures.Validation.Count));
        return parts.Training.Readable.Count > 0 && parts.Validation.Readable.Count > 0
            ? parts
            : throw new InvalidDataException($"{both.Describe()}; none is left {(parts.Training.Readable.Count == 0 ? "to learn from" : "to validate with")}");
    }
}
