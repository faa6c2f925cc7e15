using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>The rule of <see cref="Padding"/> for coordinates that are no place, for the paths through libtorch's operators.</summary>
internal static class Places
{
    // Farther than any kernel reaches, and so near that no pixel position overflows.
    private const double Outside = 1000;

    /// <summary>Farther than the widest kernel of all reaches.</summary>
    internal const double Huge = 1e30;

    /// <summary>A grid whose every value is finite and reads what the kernels read there.</summary>
    /// <param name="grid">(N, h, w, 2) or (N, d, h, w, 3).</param>
    /// <param name="sizes">H and W, or D, H and W. With constant padding and aligned corners more than one pixel each: see <see cref="Position"/>.</param>
    /// <param name="mode">The padding.</param>
    /// <param name="align">Where ±1 lies.</param>
    internal static Tensor Definite(Tensor grid, int[] sizes, PaddingMode mode, AlignCorners align)
    {
        var last = grid.Dimensions - 1;
        return Tensor.Stack(
            [.. Enumerable.Range(0, sizes.Length).Select(axis => Definite(grid.Select(last, axis), sizes[^(axis + 1)], mode, align))], last);
    }

    /// <summary>Finite positions in pixels along one axis; no gradient flows to coordinates that were replaced.</summary>
    /// <param name="axis">Normalised.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="mode">The padding.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="outside">What lies farther out, or nowhere, lies there.</param>
    internal static Tensor Position(Tensor axis, int size, PaddingMode mode, AlignCorners align, double outside = Outside)
    {
        var place = (mode == PaddingMode.Reflection ? axis : Definite(axis, size, mode, align, outside)) + 1;
        var position = align == AlignCorners.True ? place * 0.5 * (size - 1) : ((place * size) - 1) * 0.5;
        return mode switch
        {
            // With aligned corners every finite coordinate is the one pixel of an axis of one: no place must be moved outside in pixels.
            PaddingMode.Constant => position.MaskedFill(axis.IsFinite().Not(), -outside),

            // The mirrored image repeats itself. Far away float32 has no room for a fraction and a tap beside it.
            PaddingMode.Reflection => position.MaskedFill(position.IsFinite().Not(), 0).Remainder(Period(size, align)),
            _ => position,
        };
    }

    private static int Period(int size, AlignCorners align) => align == AlignCorners.True ? Math.Max(1, 2 * (size - 1)) : 2 * size;

    private static Tensor Definite(Tensor axis, int size, PaddingMode mode, AlignCorners align, double outside = Outside)
    {
        var first = Coordinates.OfPixel<double>(0, size, align);
        return mode switch
        {
            PaddingMode.Constant => axis.MaskedFill(Beyond(axis, outside), outside),
            PaddingMode.Border => axis.MaskedFill(axis.EqualTo(axis).Not(), first).Clamp(-outside, outside),
            _ => axis.MaskedFill(Beyond(axis, Huge), first),
        };
    }

    // True for NaN too.
    private static Tensor Beyond(Tensor axis, double limit) => (-axis.Abs()).GreaterThan(-limit).Not();
}
