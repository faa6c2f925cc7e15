using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>
/// Equation (3) of the paper in libtorch's operators: V = Σ_n Σ_m U_nm·k(xˢ − m)·k(yˢ − n) over the taps that a kernel reaches.
/// Works for any kernel, type and device, and has gradients of any order; slower than the kernels by far.
/// </summary>
internal static class RecordedSampling
{
    /// <summary>V by a sampler of Stn.Kernels.</summary>
    internal static Tensor Sample(Tensor image, Tensor grid, Sampling sampling, AlignCorners align) =>
        sampling.Interpolation == Interpolation.AntiAliased
            ? RecordedAntiAliasing.Sample(image, grid, sampling.Padding, align)
            : Sample(image, grid, RecordedTaps.Of(sampling), sampling.Padding, align);

    /// <summary>V, (N, C, h, w), of U, (N, C, H, W), at a grid, (N, h, w, 2).</summary>
    internal static Tensor Sample(Tensor image, Tensor grid, RecordedTaps taps, Padding padding, AlignCorners align)
    {
        var (batch, target) = (Shapes.BatchOf(image), Shapes.TargetOf(grid));
        var columns = Along(ImageAxis.X, grid.Select(3, 0), batch.Plane.Width, taps, padding.Mode, align);
        var rows = Along(ImageAxis.Y, grid.Select(3, 1), batch.Plane.Height, taps, padding.Mode, align);
        var pixels = image.Flatten(2);
        Tensor? sum = null;
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                var index = ((row.Pixel * batch.Plane.Width) + column.Pixel).To(DType.Int64);
                var value = pixels.Gather(2, Flat(index).Expand(batch.Count, batch.Channels, target.Length));
                if (row.Inside is not null && column.Inside is not null)
                    value = ((value - padding.Value) * Flat(row.Inside * column.Inside)) + padding.Value;
                value *= Flat(row.Weight * column.Weight);
                sum = sum is null ? value : sum + value;
            }
        }

        return sum!.Reshape(batch.Count, batch.Channels, target.Height, target.Width);

        Tensor Flat(Tensor points) => points.Reshape(batch.Count, 1, target.Length);
    }

    /// <summary><see cref="Coordinates.ToPixel"/>.</summary>
    internal static Tensor ToPixel(Tensor normalised, int size, AlignCorners align)
    {
        var place = normalised + 1;
        return align == AlignCorners.True ? place * 0.5 * (size - 1) : ((place * size) - 1) * 0.5;
    }

    private static Tap[] Along(ImageAxis axis, Tensor normalised, int size, RecordedTaps taps, PaddingMode mode, AlignCorners align)
    {
        var position = ToPixel(Places.Definite(normalised, size, mode, align), size, align);
        if (taps.FoldsPosition)
            position = RecordedPadding.FoldPosition(position, size, mode, align);
        var (first, weights) = taps.At(position, axis);
        return [.. weights.Select((weight, tap) =>
        {
            var (pixel, inside) = RecordedPadding.FoldTap(first + tap, size, mode, align);
            return new Tap(pixel.To(DType.Float64), inside, weight);
        })];
    }

    /// <summary>One tap of every point along one axis, each (N, h, w).</summary>
    /// <param name="Pixel">The pixel, in Float64: whole numbers of any image's size.</param>
    /// <param name="Inside">1, or 0 where the constant is read; null where that cannot be.</param>
    /// <param name="Weight">k of the distance.</param>
    private readonly record struct Tap(Tensor Pixel, Tensor? Inside, Tensor Weight);
}
