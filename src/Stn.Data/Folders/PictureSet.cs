using Stn.Data.Pictures;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Folders;

/// <summary>
/// Pictures of files as square images. Each is read and decoded when it is asked for: memory does not grow with their number.
/// </summary>
public sealed class PictureSet : ISampleSet
{
    private readonly IReadOnlyList<PictureEntry> _entries;
    private readonly string _sha256;
    private readonly PictureFit _fit;
    private readonly Augmentation? _augmentation;
    private readonly ulong _seed;

    private PictureSet(PictureInspection pictures, int channels, int side, PictureFit fit, Augmentation? augmentation, ulong seed)
    {
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "images have 1 channel (grey) or 3 (colour)");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        (_entries, _sha256) = (pictures.Readable, pictures.Sha256());
        (_fit, _augmentation, _seed) = (fit, augmentation, seed);
        Shape = SampleShape.Image(channels, new Plane(side, side));
    }

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public SampleShape Shape { get; }

    /// <inheritdoc/>
    public int LabelsPerSample => 1;

    /// <inheritdoc/>
    public string Description =>
        $"pictures, {Shape.Channels}×{Shape.Plane.Height}×{Shape.Plane.Width}, {_fit}" + (_augmentation is null ? string.Empty : $"; augmented by '{_augmentation}', seed {_seed}");

    /// <summary>Pictures to learn from, moved at random afresh in each epoch.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="side">H = W of an image.</param>
    /// <param name="fit">How a picture becomes a square.</param>
    /// <param name="augmentation">The random motions.</param>
    /// <param name="seed">Decides them.</param>
    public static PictureSet Training(PictureInspection pictures, int channels, int side, PictureFit fit, Augmentation augmentation, ulong seed) =>
        new(pictures, channels, side, fit, augmentation, seed);

    /// <summary>Pictures as they are.</summary>
    /// <inheritdoc cref="Training"/>
    public static PictureSet Fixed(PictureInspection pictures, int channels, int side, PictureFit fit) =>
        new(pictures, channels, side, fit, null, 0);

    /// <summary>Writes a picture as a sample of a fixed set is: (C, side, side).</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="fit">How it becomes a square.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="side">H = W of the image.</param>
    /// <param name="values">Written in full.</param>
    public static void Write(Picture picture, PictureFit fit, int channels, int side, Span<float> values) =>
        PictureSquare.Write(picture, fit, [1, 0, 0, 0, 1, 0], channels, side, values);

    /// <summary>The file of a sample.</summary>
    public string PathOf(int index) => _entries[index].Path;

    /// <inheritdoc/>
    public string SourceHash() => _sha256;

    /// <inheritdoc/>
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        Span<double> motion = [1, 0, 0, 0, 1, 0];
        if (_augmentation is not null)
        {
            var random = new CounterRandom(_seed, RandomPurpose.TrainingDistortion, epoch, index);
            _augmentation.Draw(ref random, motion);
        }

        PictureSquare.Write(Picture.Load(_entries[index].Path), _fit, motion, Shape.Channels, Shape.Plane.Width, values);
        labels[0] = _entries[index].Label;
    }
}
