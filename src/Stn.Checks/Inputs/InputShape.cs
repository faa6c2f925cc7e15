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

    /// <summary>Whether its places are exact in either type: nothing is rounded, so every point has one right answer.</summary>
    public bool IsExact => Kind is InputKind.Whole or InputKind.Apart or InputKind.NoPlace;

    // Sizes under which not even the identity puts all points on whole or half pixels, in either convention.
    private static readonly InputShape[] OfImages =
    [
        Image(Small, InputKind.Ordinary, 1, 2, 5, 7, 4, 6),
        Image("odd sizes", InputKind.Ordinary, 2, 3, 5, 7, 4, 6),
        Image("wide rows", InputKind.Ordinary, 1, 1, 9, 33, 11, 37),
        Image("17 channels", InputKind.Ordinary, 2, 17, 6, 5, 5, 4),
        Image("64 channels", InputKind.Ordinary, 1, 64, 3, 4, 4, 5),
        Image("one pixel", InputKind.Ordinary, 2, 2, 1, 1, 3, 5),
        Image("one row", InputKind.Ordinary, 2, 2, 1, 7, 3, 6),
        Image("one column", InputKind.Ordinary, 1, 3, 6, 1, 4, 9),
        Image("empty batch", InputKind.Ordinary, 0, 2, 5, 7, 4, 6),
        Image("identity", InputKind.Identity, 2, 2, 6, 5, 6, 5),
        Image("far outside", InputKind.Far, 2, 2, 5, 7, 4, 6),
        Image("strides", InputKind.Strided, 3, 6, 5, 3, 6, 4),
    ];

    // Near the identity every kernel is wide, and under the identity too some points of V have no foot of theirs on a pixel.
    private static readonly InputShape[] OfShrinks =
    [
        Image(Small, InputKind.Ordinary, 1, 2, 9, 12, 6, 7),
        Image("shrunk", InputKind.Ordinary, 2, 2, 23, 32, 6, 6),
    ];

    private static readonly InputShape[] OfVolumes =
    [
        new(Small, InputKind.Ordinary, 1, 1, new(2, 3, 3), new(4, 4, 4)),
        new("odd sizes", InputKind.Ordinary, 2, 3, new(3, 5, 7), new(4, 4, 6)),
        new("wide rows", InputKind.Ordinary, 1, 1, new(4, 5, 33), new(5, 6, 35)),
        new("9 channels", InputKind.Ordinary, 1, 9, new(3, 4, 5), new(4, 5, 4)),
        new("one voxel", InputKind.Ordinary, 2, 2, new(1, 1, 1), new(2, 3, 4)),
        new("one slice", InputKind.Ordinary, 1, 2, new(1, 5, 4), new(3, 4, 5)),
        new("one column", InputKind.Ordinary, 1, 2, new(5, 1, 4), new(4, 2, 5)),
        new("empty batch", InputKind.Ordinary, 0, 2, new(3, 5, 7), new(2, 4, 5)),
        new("identity", InputKind.Identity, 2, 2, new(3, 4, 5), new(3, 4, 5)),
        new("far outside", InputKind.Far, 2, 2, new(3, 5, 7), new(2, 4, 5)),
        new("strides", InputKind.Strided, 3, 6, new(3, 4, 3), new(4, 5, 4)),
    ];

    /// <summary>The inputs of a case.</summary>
    /// <param name="one">The case.</param>
    public static IEnumerable<InputShape> For(WarpCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        var any = one.Dimensions == 3 ? OfVolumes : OfImages;
        if (one.Sampler.ReadsScales(one.Dimensions))
            any = [.. OfShrinks, .. any.Where(shape => shape.Name != Small), .. one.HasGrid ? OfScales(one.Align) : []];
        // A user's kernel may have corners on whole and half pixels, where its slope has no one right answer.
        return one.HasGrid && one.Sampler.Sampler.Kernel is not null ? [.. any, .. OfGrids(one.Align, one.Dimensions)] : any;
    }

    // A target of one row or one pixel has no neighbours to take a scale from.
    private static IEnumerable<InputShape> OfScales(AlignCorners align)
    {
        var (height, width) = align == AlignCorners.True ? (5, 9) : (4, 8);
        yield return Image("whole and half pixels apart", InputKind.Apart, 1, 2, height, width, 2 * height, 2 * width);
        yield return Image("one target row", InputKind.Ordinary, 1, 2, 9, 17, 1, 6);
        yield return Image("one target pixel", InputKind.Ordinary, 2, 2, 5, 7, 1, 1);
    }

    private static IEnumerable<InputShape> OfGrids(AlignCorners align, int dimensions)
    {
        // On these sizes every half pixel has a normalised coordinate that binary numbers hold exactly.
        var (depth, height, width) = (dimensions == 3, align == AlignCorners.True) switch
        {
            (true, true) => (3, 3, 5),
            (true, false) => (2, 2, 4),
            (false, true) => (1, 5, 9),
            _ => (1, 4, 8),
        };
        var source = new Volume(depth, height, width);
        var slices = dimensions == 3 ? 6 * depth : 1;
        yield return new("whole and half pixels", InputKind.Whole, 1, 2, source, new(slices, 6 * height, 6 * width));
        var values = StrangeNumbers.All.Count;
        var target = new Volume(dimensions == 3 ? values : 1, values, values);
        yield return new("no place", InputKind.NoPlace, 1, 2, source, target);
        yield return new("no place on one pixel", InputKind.NoPlace, 1, 1, new(1, 1, 1), target);
    }

    private static InputShape Image(
        string name, InputKind kind, int count, int channels, int height, int width, int targetHeight, int targetWidth) =>
        new(name, kind, count, channels, new(1, height, width), new(1, targetHeight, targetWidth));
}
