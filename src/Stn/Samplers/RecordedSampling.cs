using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>
/// Equation (3) of the paper in libtorch's operators: V = Σ_n Σ_m U_nm·k(xˢ − m)·k(yˢ − n) over the taps that a kernel reaches, in
/// volumes with a third sum.
/// Works for any kernel, type and device, and has gradients of any order; slower than the kernels by far.
/// </summary>
internal static class RecordedSampling
{
    /// <summary>V by a sampler of Stn.Kernels.</summary>
    internal static Tensor Sample(Tensor image, Tensor grid, Sampling sampling, AlignCorners align) =>
        sampling.Interpolation == Interpolation.AntiAliased
            ? RecordedAntiAliasing.Sample(image, grid, sampling.Padding, align)
            : Sample(image, grid, RecordedTaps.Of(sampling), sampling.Padding, align);

    /// <summary>V, (N, C, h, w), of U, (N, C, H, W), at a grid, (N, h, w, 2); of volumes (N, C, d, h, w).</summary>
    internal static Tensor Sample(Tensor image, Tensor grid, RecordedTaps taps, Padding padding, AlignCorners align)
    {
        var (images, channels, points) = (image.Size(0), image.Size(1), grid.Shape[1..^1].Aggregate(1L, (product, size) => product * size));
        var pixels = image.Flatten(2);
        Tensor? sum = null;
        foreach (var tap in All(Shapes.SizesOf(image), grid, taps, padding.Mode, align))
        {
            var value = pixels.Gather(2, Flat(tap.Pixel.To(DType.Int64)).Expand(images, channels, points));
            if (tap.Inside is not null)
                value = ((value - padding.Value) * Flat(tap.Inside)) + padding.Value;
            value *= Flat(tap.Weight);
            sum = sum is null ? value : sum + value;
        }

        return sum!.Reshape([images, channels, .. grid.Shape[1..^1]]);

        Tensor Flat(Tensor values) => values.Reshape(images, 1, points);
    }

    // Every combination of the taps along the axes. A pixel's index counts along the outermost axis slowest.
    private static Tap[] All(int[] sizes, Tensor grid, RecordedTaps taps, PaddingMode mode, AlignCorners align)
    {
        Tap[]? all = null;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            var size = sizes[^(axis + 1)];
            var own = Along((ImageAxis)axis, grid.Select(grid.Dimensions - 1, axis), size, taps, mode, align);
            all = all is null ? own : [.. from outer in all from inner in own select outer.Then(inner, size)];
        }

        return all!;
    }

    private static Tap[] Along(ImageAxis axis, Tensor normalised, int size, RecordedTaps taps, PaddingMode mode, AlignCorners align)
    {
        var position = Places.Position(normalised, size, mode, align);
        if (taps.FoldsPosition)
            position = RecordedPadding.FoldPosition(position, size, mode, align);
        var (first, weights) = taps.At(position, axis);
        return [.. weights.Select((weight, tap) =>
        {
            var (pixel, inside) = RecordedPadding.FoldTap(first + tap, size, mode, align);
            return new Tap(pixel.To(DType.Float64), inside, weight);
        })];
    }

    /// <summary>One tap of every point along one axis or several, each (N, h, w) or (N, d, h, w).</summary>
    /// <param name="Pixel">The pixel's index, in Float64: whole numbers of any image's size.</param>
    /// <param name="Inside">1, or 0 where the constant is read; null where that cannot be.</param>
    /// <param name="Weight">k of the distance.</param>
    private readonly record struct Tap(Tensor Pixel, Tensor? Inside, Tensor Weight)
    {
        /// <summary>The tap at both places, of which <paramref name="inner"/> lies on the axis of <paramref name="size"/> that counts faster.</summary>
        internal Tap Then(Tap inner, int size) => new(
            (Pixel * size) + inner.Pixel, Inside is null || inner.Inside is null ? null : Inside * inner.Inside, Weight * inner.Weight);
    }
}
