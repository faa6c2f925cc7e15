using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>Border and reflection padding in libtorch's operators, by the rules of <see cref="Stn.Kernels.Reference.PaddingReference"/>.</summary>
internal static class RecordedPadding
{
    /// <summary>Pixel positions moved into [0, size − 1], with slope 0 where they were clipped or lie on the border itself.</summary>
    internal static Tensor FoldPosition(Tensor position, int size, PaddingMode mode, AlignCorners align) => mode switch
    {
        PaddingMode.Border => Clip(position, size),
        PaddingMode.Reflection => Clip(Reflect(position, size, align), size),
        _ => position,
    };

    /// <summary>The pixels that taps read, and 1 where they do; under constant padding 0 where they read the constant.</summary>
    /// <param name="tap">Whole numbers without gradient.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="mode">The padding.</param>
    /// <param name="align">Where the mirrors stand.</param>
    internal static (Tensor Pixel, Tensor? Inside) FoldTap(Tensor tap, int size, PaddingMode mode, AlignCorners align)
    {
        var pixel = (mode == PaddingMode.Reflection ? Mirror(tap, size, align) : tap).Clamp(0, size - 1);
        return (pixel, mode == PaddingMode.Constant ? pixel.EqualTo(tap).To(tap.Type) : null);
    }

    /// <summary>Pixel positions moved to the places of the image that a mirrored image shows there, at most half a pixel outside.</summary>
    internal static Tensor MirrorPosition(Tensor position, int size, AlignCorners align)
    {
        var low = align == AlignCorners.True ? 0.0 : -0.5;
        return Reflect(position, size, align).Clamp(low, size - 1 - low);
    }

    private static Tensor Clip(Tensor position, int size)
    {
        var inside = position.GreaterThan(0).Multiply((-position).GreaterThan(-(size - 1))).To(position.Type);
        var kept = position * inside;
        return kept + (position.Clamp(0, size - 1) - kept).Detach();
    }

    // About the outer edges, or about the centres of the border pixels.
    private static Tensor Reflect(Tensor position, int size, AlignCorners align)
    {
        var (low, span) = align == AlignCorners.True ? (0.0, size - 1.0) : (-0.5, size);
        return span == 0 ? position * 0 : Triangle((position - low).Abs(), span) + low;
    }

    private static Tensor Mirror(Tensor tap, int size, AlignCorners align)
    {
        if (size == 1)
            return tap;
        var (low, span) = align == AlignCorners.True ? (0.0, size - 1.0) : (-0.5, size);
        return Triangle(tap - low, span) + low;
    }

    // Up from 0 to span and down again, over and over.
    private static Tensor Triangle(Tensor distance, double span)
    {
        var inPeriod = distance - ((distance / (2 * span)).Floor() * (2 * span));
        return -(inPeriod - span).Abs() + span;
    }
}
