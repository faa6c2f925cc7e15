using Stn.Kernels;
using Stn.Kernels.Reference;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>The widths of anti-aliased kernels over a grid, no part of any graph: by the scalar form, in the processor's memory.</summary>
internal static class RecordedWidths
{
    /// <summary>The widths in pixels along x and y, each (N, h·w), of the type and on the device of the grid.</summary>
    internal static (Tensor X, Tensor Y) Of(Tensor grid, Plane source, PaddingMode mode, AlignCorners align)
    {
        var values = grid.Detach().To(DType.Float64).ToArray<double>();
        var (target, count) = (Shapes.TargetOf(grid), grid.Size(0));
        return (Axis(0, source.Width), Axis(1, source.Height));

        Tensor Axis(int axis, int size)
        {
            var widths = new double[count * target.Length];
            for (var i = 0; i < widths.Length; i++)
            {
                var (row, column) = (i % target.Length / target.Width, i % target.Width);
                var scale = AntiAliasedReference.Scale(
                    At(i), column > 0 ? At(i - 1) : double.NaN, column < target.Width - 1 ? At(i + 1) : double.NaN,
                    row > 0 ? At(i - target.Width) : double.NaN, row < target.Height - 1 ? At(i + target.Width) : double.NaN);
                widths[i] = AntiAliasedReference.Width(scale, size, align, mode);
            }

            return Constants.Like(grid, widths, count, target.Length);

            double At(int point) => Coordinates.ToPixel(values[(2 * point) + axis], size, align);
        }
    }
}
