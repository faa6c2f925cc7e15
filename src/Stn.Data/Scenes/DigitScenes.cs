using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Scenes;

/// <summary>
/// Scenes with one digit of one class each, at a random place of a black 84×84 canvas, alone or among distractors (the paper's appendix
/// A.2): the data of co-localisation, where nobody says where the digit is.
/// </summary>
/// <remarks>
/// <b>Choices.</b> The place is uniform over the whole pixels at which the digit's 28×28 frame lies inside. The digits are drawn without
/// repetition. A distractor is a 6×6 crop at a uniform place of a uniform image, which may be black, at a uniform place inside the canvas;
/// it is added to what is there, up to white.
/// </remarks>
public sealed class DigitScenes
{
    /// <summary>The number of distractors of a cluttered scene.</summary>
    public const int Distractors = 16;

    private const int DistractorSide = 6;
    private readonly byte[] _pixels;
    private readonly Box[] _frames;
    private readonly Box[] _ink;

    private DigitScenes(int count)
    {
        _pixels = new byte[count * Canvas.Length];
        _frames = new Box[count];
        _ink = new Box[count];
    }

    /// <summary>The size of a scene.</summary>
    public static Plane Canvas { get; } = new(84, 84);

    /// <summary>The number of scenes.</summary>
    public int Count => _frames.Length;

    /// <summary>N×84×84 bytes, 0 black to 255 white.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Where the digit's image lies: squares of 28 pixels.</summary>
    public IReadOnlyList<Box> Frames => _frames;

    /// <summary>Where the digit's ink lies: the smallest boxes that hold it.</summary>
    public IReadOnlyList<Box> Ink => _ink;

    /// <summary>Draws scenes.</summary>
    /// <param name="digits">Where the digits come from.</param>
    /// <param name="digit">The class, 0 to 9.</param>
    /// <param name="count">How many scenes.</param>
    /// <param name="distractors">Where distractors are cut out; null for none.</param>
    /// <param name="seed">Decides digits, places and distractors.</param>
    /// <exception cref="ArgumentException">There are fewer digits of the class, or the images are larger than the canvas.</exception>
    public static DigitScenes Draw(LabelledImages digits, int digit, int count, LabelledImages? distractors, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        int[] ofClass = [.. Enumerable.Range(0, digits.Count).Where(index => digits.Labels[index] == digit)];
        if (ofClass.Length < count)
            throw new ArgumentException($"there are {ofClass.Length} digits of class {digit}, {count} are asked for", nameof(digits));
        if (digits.Plane.Height > Canvas.Height || digits.Plane.Width > Canvas.Width)
            throw new ArgumentException($"{digits.Plane} does not fit into {Canvas}", nameof(digits));

        var order = Permutation.Of(ofClass.Length, seed, epoch: digit);
        var scenes = new DigitScenes(count);
        for (var i = 0; i < count; i++)
        {
            var random = new CounterRandom(seed, RandomPurpose.Scene, digit, i);
            scenes.Place(i, digits, ofClass[order[i]], ref random);
            for (var k = 0; distractors is not null && k < Distractors; k++)
                scenes.Disturb(i, distractors, ref random);
        }

        return scenes;
    }

    private void Place(int scene, LabelledImages digits, int index, ref CounterRandom random)
    {
        var plane = digits.Plane;
        var (x, y) = (random.NextInt(Canvas.Width - plane.Width + 1), random.NextInt(Canvas.Height - plane.Height + 1));
        Add(scene, x, y, digits.Image(index), plane.Width, plane);
        _frames[scene] = new Box(x, y, x + plane.Width, y + plane.Height);
        var ink = InkBox.Of(digits.Image(index), plane);
        _ink[scene] = ink.IsEmpty ? new Box(x, y, x, y) : new Box(x + ink.Left, y + ink.Top, x + ink.Right + 1, y + ink.Bottom + 1);
    }

    private void Disturb(int scene, LabelledImages images, ref CounterRandom random)
    {
        var image = images.Image(random.NextInt(images.Count));
        var (fromX, fromY) = (random.NextInt(images.Plane.Width - DistractorSide + 1), random.NextInt(images.Plane.Height - DistractorSide + 1));
        var (x, y) = (random.NextInt(Canvas.Width - DistractorSide + 1), random.NextInt(Canvas.Height - DistractorSide + 1));
        Add(scene, x, y, image[((fromY * images.Plane.Width) + fromX)..], images.Plane.Width, new Plane(DistractorSide, DistractorSide));
    }

    private void Add(int scene, int x, int y, ReadOnlySpan<byte> image, int stride, Plane size)
    {
        for (var row = 0; row < size.Height; row++)
        {
            var line = _pixels.AsSpan((scene * Canvas.Length) + ((y + row) * Canvas.Width) + x, size.Width);
            for (var column = 0; column < line.Length; column++)
                line[column] = (byte)Math.Min(255, line[column] + image[(row * stride) + column]);
        }
    }
}
