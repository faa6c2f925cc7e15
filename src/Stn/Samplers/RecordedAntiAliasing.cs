using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>
/// Anti-aliased sampling in libtorch's operators: V = Σ_n b_n·Σ_m a_m·U_nm with the weights of every column and row, most of them
/// 0, by the rules of <see cref="Stn.Kernels.Reference.AntiAliasedReference"/>. Works on any device and has gradients of any order.
/// </summary>
/// <remarks>All pixels of a plane take part in each value: one that is NaN or infinite spoils the whole plane.</remarks>
internal static class RecordedAntiAliasing
{
    // The products of so many values are in memory at a time: 64 MB of floats.
    private const long Most = 1 << 24;

    /// <summary>V, (N, C, h, w), of U, (N, C, H, W), at a grid, (N, h, w, 2).</summary>
    internal static Tensor Sample(Tensor image, Tensor grid, Padding padding, AlignCorners align)
    {
        var (batch, target) = (Shapes.BatchOf(image), Shapes.TargetOf(grid));
        var points = grid.Reshape(batch.Count, target.Length, 2);
        var (widthX, widthY) = RecordedWidths.Of(grid, batch.Plane, padding.Mode, align);
        var rowsOfU = Math.Max(1, (long)batch.Count * batch.Channels * batch.Plane.Height);
        var step = Math.Max(1, Most / rowsOfU);
        var parts = new List<Tensor>();
        for (var from = 0L; from < target.Length || from == 0; from += step)
            parts.Add(Part(from, Math.Min(step, target.Length - from)));
        return Tensor.Concatenate([.. parts], 2).Reshape(batch.Count, batch.Channels, target.Height, target.Width);

        Tensor Part(long from, long count)
        {
            var some = points.Narrow(1, from, count);
            var across = new RecordedTriangle(batch.Plane.Width, align, padding.Mode)
                .Weights(some.Select(2, 0), widthX.Narrow(1, from, count));
            var down = new RecordedTriangle(batch.Plane.Height, align, padding.Mode)
                .Weights(some.Select(2, 1), widthY.Narrow(1, from, count));
            return Combine(image, batch, across, down, padding);
        }
    }

    // (N, C, P) of the weights (N, P, W) and (N, P, H).
    private static Tensor Combine(Tensor image, ImageBatch batch, Tensor across, Tensor down, Padding padding)
    {
        var (rows, points) = (batch.Channels * batch.Plane.Height, across.Size(1));
        var lines = image.Reshape(batch.Count, rows, batch.Plane.Width).MatMul(across.Transpose(1, 2));
        var weighted = lines.Reshape(batch.Count, batch.Channels, batch.Plane.Height, points) * down.Transpose(1, 2).Unsqueeze(1);
        var value = weighted.Sum([2]);
        if (padding.Mode != PaddingMode.Constant || padding.Value == 0)
            return value;
        var inside = across.Sum([2]) * down.Sum([2]);
        return value + ((-inside + 1) * padding.Value).Unsqueeze(1);
    }
}
