using Stn.Checks.Cases;
using Stn.Kernels;

namespace Stn.Checks.Inputs;

/// <summary>The sizes of an input and what it is meant to find.</summary>
/// <param name="Name">Such as <c>one pixel</c>.</param>
/// <param name="Kind">How its numbers are drawn.</param>
/// <param name="Count">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Source">D, H and W.</param>
/// <param name="Target">d, h and w.</param>
public sealed record InputShape(string Name, InputKind Kind, int Count, int Channels, Volume Source, Volume Target)
{
    /// <summary>The input for finite differences: small, since every number of it is moved.</summary>
    public const string Small = "small";

    private static readonly InputShape[] Any =
    [
        Image(Small, InputKind.Ordinary, 1, 2, 5, 4, 3, 4),
        Image("odd sizes", InputKind.Ordinary, 2, 3, 5, 7, 4, 6),
        Image("wide rows", InputKind.Ordinary, 1, 1, 9, 33, 11, 37),
        Image("17 channels", InputKind.Ordinary, 2, 17, 6, 5, 5, 4),
        Image("64 channels", InputKind.Ordinary, 1, 64, 3, 4, 3, 3),
        Image("one pixel", InputKind.Ordinary, 2, 2, 1, 1, 3, 5),
        Image("one row", InputKind.Ordinary, 2, 2, 1, 7, 3, 4),
        Image("one column", InputKind.Ordinary, 1, 3, 6, 1, 2, 9),
        Image("empty batch", InputKind.Ordinary, 0, 2, 5, 7, 4, 6),
        Image("identity", InputKind.Identity, 2, 2, 6, 5, 6, 5),
        Image("far outside", InputKind.Far, 2, 2, 5, 7, 4, 6),
        Image("strides", InputKind.Strided, 3, 6, 5, 3, 6, 5),
    ];

    /// <summary>The inputs of a case.</summary>
    /// <param name="one">The case.</param>
    public static IEnumerable<InputShape> For(WarpCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.HasGrid ? [.. Any, .. OfGrids(one.Align)] : Any;
    }

    private static IEnumerable<InputShape> OfGrids(AlignCorners align)
    {
        // On these sizes every half pixel has a normalised coordinate that binary numbers hold exactly.
        var (height, width) = align == AlignCorners.True ? (5, 9) : (4, 8);
        yield return Image("whole and half pixels", InputKind.Whole, 1, 2, height, width, 6 * height, 6 * width);
        var values = StrangeNumbers.All.Count;
        yield return Image("no place", InputKind.NoPlace, 1, 2, height, width, values, values);
        yield return Image("no place on one pixel", InputKind.NoPlace, 1, 1, 1, 1, values, values);
    }

    private static InputShape Image(
        string name, InputKind kind, int count, int channels, int height, int width, int targetHeight, int targetWidth) =>
        new(name, kind, count, channels, new Volume(1, height, width), new Volume(1, targetHeight, targetWidth));
}
