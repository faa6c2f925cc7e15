using Stn.Data.Pictures;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Birds;

/// <summary>
/// Birds as square images (paper, appendix A.6): the picture's smaller side is scaled to 8/7 of the image's, of which one image's side is cut; to
/// learn from at a random place and mirrored half of the time, to be measured on in the middle. 224 of 256, 448 of 512.
/// </summary>
/// <remarks>Each picture is read and decoded when it is asked for: memory does not grow with their number.</remarks>
public sealed class BirdSet : ISampleSet
{
    private const double Cut = 7.0 / 8;

    private readonly BirdInspection _inspected;
    private readonly IReadOnlyList<Bird> _birds;
    private readonly string _sha256;
    private readonly ulong? _seed;

    private BirdSet(BirdInspection inspected, IReadOnlyList<Bird> birds, int size, ulong? seed)
    {
        ArgumentNullException.ThrowIfNull(inspected);
        (_inspected, _birds, _sha256, _seed) = (inspected, birds, inspected.Sha256(birds), seed);
        Shape = SampleShape.Image(3, new Plane(size, size));
    }

    /// <inheritdoc/>
    public int Count => _birds.Count;

    /// <inheritdoc/>
    public SampleShape Shape { get; }

    /// <inheritdoc/>
    public int LabelsPerSample => 1;

    /// <inheritdoc/>
    public string Description => $"birds, {Shape.Plane.Height}×{Shape.Plane.Width}, 7/8 of the smaller side"
        + (_seed is { } seed ? $", at random places, half of them mirrored, seed {seed}" : ", in the middle");

    /// <summary>Birds to learn from, cut afresh in each epoch.</summary>
    /// <param name="inspected">The collection.</param>
    /// <param name="birds">Those of it that are taken.</param>
    /// <param name="size">H = W of an image.</param>
    /// <param name="seed">Decides the places.</param>
    public static BirdSet Training(BirdInspection inspected, IReadOnlyList<Bird> birds, int size, ulong seed) => new(inspected, birds, size, seed);

    /// <summary>Birds in the middle of their pictures.</summary>
    /// <inheritdoc cref="Training"/>
    public static BirdSet Fixed(BirdInspection inspected, IReadOnlyList<Bird> birds, int size) => new(inspected, birds, size, null);

    /// <inheritdoc/>
    public string SourceHash() => _sha256;

    /// <inheritdoc/>
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        var bird = _birds[index];
        var picture = Picture.Load(Path.Combine(_inspected.Birds.Folder, bird.File));
        var (window, isMirrored) = Window(picture.Height, picture.Width, index, epoch);
        window.Write(picture, Shape.Plane.Width, values, Padding.Border, isMirrored);
        labels[0] = bird.Label;
    }

    /// <summary>Where some parts of a bird are in its image: the middle of those that can be seen, normalised, ±1 the image's edges.</summary>
    /// <param name="index">Which bird; of a fixed set.</param>
    /// <param name="parts">Which parts.</param>
    /// <returns>Null where none of them can be seen in the image.</returns>
    /// <exception cref="InvalidOperationException">The set's places are random.</exception>
    public (double X, double Y)? Middle(int index, IReadOnlyList<BirdPart> parts)
    {
        if (_seed is not null)
            throw new InvalidOperationException("birds to learn from are cut at random places: only in a fixed set do parts have a place");
        if (_birds[index].Middle(parts) is not { } middle)
            return null;
        var (height, width) = _inspected.SizeOf(_birds[index]);
        var (x, y) = Window(height, width, index, 0).Window.Normalised(middle.X, middle.Y);
        return Math.Abs(x) <= 1 && Math.Abs(y) <= 1 ? (x, y) : null;
    }

    private (PictureWindow Window, bool IsMirrored) Window(int height, int width, int index, int epoch)
    {
        var side = Cut * Math.Min(height, width);
        if (_seed is not { } seed)
            return (new PictureWindow(width / 2.0, height / 2.0, side), false);
        var random = new CounterRandom(seed, RandomPurpose.TrainingDistortion, epoch, index);
        var (x, y) = (random.Uniform(side / 2, width - (side / 2)), random.Uniform(side / 2, height - (side / 2)));
        return (new PictureWindow(x, y, side), random.NextInt(2) == 1);
    }
}
