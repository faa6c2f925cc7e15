using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>The triangles of anti-aliased sampling along one axis of U in libtorch's operators.</summary>
/// <param name="size">The pixels of the axis.</param>
/// <param name="align">Where ±1 and the mirrors stand.</param>
/// <param name="mode">The padding.</param>
internal sealed class RecordedTriangle(int size, AlignCorners align, PaddingMode mode)
{
    /// <summary>The weights of all pixels, (N, P, size), at normalised coordinates under kernels of some widths, each (N, P).</summary>
    internal Tensor Weights(Tensor normalised, Tensor width)
    {
        var wide = width.GreaterThan(1).To(width.Type);
        var position = Places.Position(normalised, size, mode, align, Places.Huge);
        var (place, widths) = (Place(position, wide).Unsqueeze(2), width.Unsqueeze(2));
        var pixels = Constants.Like(normalised, [.. Enumerable.Range(0, size).Select(pixel => (double)pixel)], 1, 1, size);
        var weights = mode == PaddingMode.Reflection ? Mirrored(place, widths, pixels) : At(pixels, place, widths);
        if (mode == PaddingMode.Constant)
            return weights / Total(place, widths);
        var total = weights.Sum([2], keep: true);
        if (mode == PaddingMode.Reflection)
            return weights / total;
        var beyond = total.Detach().GreaterThan(0).Not().To(width.Type);
        var nearest = pixels.EqualTo(place.Detach().GreaterThan(0).To(width.Type) * (size - 1)).To(width.Type);
        return (weights / (total + beyond)) + (beyond * nearest);
    }

    // Padding moves the points of narrow kernels as the bilinear sampler's.
    private Tensor Place(Tensor position, Tensor wide) => mode switch
    {
        PaddingMode.Constant => position,
        PaddingMode.Border => Either(wide, position, RecordedPadding.FoldPosition(position, size, mode, align)),
        _ => Either(
            wide, RecordedPadding.MirrorPosition(position, size, align), RecordedPadding.FoldPosition(position, size, mode, align)),
    };

    private static Tensor Either(Tensor wide, Tensor first, Tensor second) => (wide * first) + ((-wide + 1) * second);

    // max(0, 1 − |d|/s), at kinks with the derivative of the positions above: signs and ends are constants.
    private static Tensor At(Tensor tap, Tensor place, Tensor width)
    {
        var distance = tap - place;
        var settled = distance.Detach();
        var isAbove = settled.GreaterThan(0).To(width.Type);
        var reached = (settled + width).GreaterThan(0).Multiply((settled - width).GreaterThan(0).Not()).To(width.Type);
        return ((-(distance * ((isAbove * 2) - 1)) / width) + 1) * reached;
    }

    // Up to a period wide, a kernel within the image reaches three copies of it and two mirrored ones, which do not repeat the
    // pixels on which mirrors stand.
    private Tensor Mirrored(Tensor place, Tensor width, Tensor pixels)
    {
        var (period, turn) = align == AlignCorners.True ? (2.0 * (size - 1), 0.0) : (2.0 * size, -1.0);
        var straight = At(pixels, place, width) + At(pixels - period, place, width) + At(pixels + period, place, width);
        var turned = At(-pixels + turn, place, width) + At(-pixels + (turn + period), place, width);
        if (align == AlignCorners.False)
            return straight + turned;
        var between = pixels.GreaterThan(0).Multiply((-pixels).GreaterThan(-(size - 1))).To(width.Type);
        return straight + (turned * between);
    }

    // Σ over all pixels there could be: an arithmetic series on each side.
    private static Tensor Total(Tensor place, Tensor width)
    {
        var cell = place.Detach().Floor();
        var (above, settled) = (place - cell, place.Detach() - cell);
        var left = -(settled - width).Floor();
        var right = (settled + width - 1).Floor() + 1;
        return Series(left, above) + Series(right, -above + 1);

        Tensor Series(Tensor count, Tensor nearest) => count - (((count * nearest) + (count * (count - 1) / 2)) / width);
    }
}
