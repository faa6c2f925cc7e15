using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// TC of the paper: one 28×28 digit at a random place of a black 60×60 canvas, and six 6×6 patches cut from other digits at random places.
/// </summary>
/// <remarks>
/// <b>Choices.</b> All places are whole pixels, uniform where the digit, or the patch, lies wholly inside; a patch may lie on the digit.
/// Ink is added and stops at white, so that no patch erases. Each patch is cut from a digit of its own, never the one that is to be read,
/// from a uniform place, be there ink or not, as in the generator that the paper's laboratory published
/// (google-deepmind/mnist-cluttered): about two patches of the six are black.
/// </remarks>
public sealed class ClutterDistortion : IDistortion
{
    private const int Patches = 6;
    private const int PatchSide = 6;

    /// <inheritdoc/>
    public string Description => "TC: random place in 60×60, six 6×6 patches of other digits added at random places";

    /// <inheritdoc/>
    public Plane Source => new(28, 28);

    /// <inheritdoc/>
    public Plane Canvas => new(60, 60);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no other digit than this one.</exception>
    public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits.Count < 2)
            throw new ArgumentException("patches are cut from other digits: two are needed, there is one", nameof(digits));
        canvas.Clear();
        var digit = new Cut(index, 0, 0, Place(Canvas.Width - Source.Width, ref random), Place(Canvas.Height - Source.Height, ref random));
        Add(digits, digit, Source.Width, canvas);
        for (var i = 0; i < Patches; i++)
            Add(digits, DrawPatch(digits, index, ref random), PatchSide, canvas);
        return new Pose(0, 1, digit.ToColumn - ((Canvas.Width - Source.Width) / 2.0), digit.ToRow - ((Canvas.Height - Source.Height) / 2.0));
    }

    /// <summary>Draws the digit that a patch comes from, where it is cut, and where it goes.</summary>
    internal Cut DrawPatch(LabelledImages digits, int index, ref CounterRandom random)
    {
        var other = random.NextInt(digits.Count - 1);
        return new Cut(
            other < index ? other : other + 1,
            Place(Source.Width - PatchSide, ref random), Place(Source.Height - PatchSide, ref random),
            Place(Canvas.Width - PatchSide, ref random), Place(Canvas.Height - PatchSide, ref random));
    }

    private static int Place(int last, ref CounterRandom random) => random.NextInt(last + 1);

    private void Add(LabelledImages digits, Cut cut, int side, Span<byte> canvas)
    {
        var image = digits.Image(cut.Digit);
        for (var row = 0; row < side; row++)
        {
            var from = image.Slice(((cut.Row + row) * Source.Width) + cut.Column, side);
            var to = canvas.Slice(((cut.ToRow + row) * Canvas.Width) + cut.ToColumn, side);
            for (var column = 0; column < side; column++)
                to[column] = (byte)Math.Min(to[column] + from[column], 255);
        }
    }

    /// <summary>A square of a digit: whose it is, its first pixel there, and the canvas pixel that this one is added to.</summary>
    internal readonly record struct Cut(int Digit, int Column, int Row, int ToColumn, int ToRow);
}
