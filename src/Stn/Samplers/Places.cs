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

    /// <summary>A grid, (N, h, w, 2), whose every value is finite and reads what the kernels read there.</summary>
    internal static Tensor Definite(Tensor grid, Plane source, PaddingMode mode, AlignCorners align) => Tensor.Stack(
        [Definite(grid.Select(3, 0), source.Width, mode, align), Definite(grid.Select(3, 1), source.Height, mode, align)], 3);

    /// <summary>The coordinates along one axis, likewise; no gradient flows to those that were replaced.</summary>
    /// <param name="axis">Normalised.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="mode">The padding.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="outside">What lies farther out lies there.</param>
    internal static Tensor Definite(Tensor axis, int size, PaddingMode mode, AlignCorners align, double outside = Outside)
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
