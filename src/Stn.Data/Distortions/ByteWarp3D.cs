using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// The affine warp of a byte image extruded to a box of equal slices: the same bits as <see cref="Kernels.Reference.TrilinearReference"/>
/// in double (<see cref="AlignCorners.False"/>) on the box, rounded to bytes (half up), but the box is never made, and only the voxels that
/// may see ink are computed: a digit fills a fifteenth of its volume.
/// </summary>
internal static class ByteWarp3D
{
    /// <summary>Warps the box: output(target) = box(θ·target).</summary>
    /// <param name="image">One slice of the box.</param>
    /// <param name="box">The size of the box.</param>
    /// <param name="theta">θ, row by row: 3×4 numbers, target to source, both normalised, x before y before z.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="output">One volume of size <paramref name="target"/>, written in full.</param>
    public static void Extruded(ReadOnlySpan<byte> image, Volume box, ReadOnlySpan<double> theta, Volume target, Span<byte> output)
    {
        var plane = new Plane(box.Height, box.Width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, 12);
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, plane.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, target.Length);
        output.Clear();
        var ink = InkBox.Of(image, plane);
        if (ink.IsEmpty)
            return;

        Span<double> bordered = stackalloc double[(plane.Width + 2) * (plane.Height + 2)];
        CopyInside(image, plane, bordered);
        for (var slice = 0; slice < target.Depth; slice++)
        {
            var z = Coordinates.OfPixel<double>(slice, target.Depth, AlignCorners.False);
            for (var row = 0; row < target.Height; row++)
            {
                var y = Coordinates.OfPixel<double>(row, target.Height, AlignCorners.False);
                var (first, end) = Columns(ink, theta, y, z, box, target.Width);
                Row(bordered, box, theta, (y, z), target.Width, first, output.Slice((((slice * target.Height) + row) * target.Width) + first, end - first));
            }
        }
    }

    private static void Row(
        ReadOnlySpan<double> bordered, Volume box, ReadOnlySpan<double> theta, (double Y, double Z) place, int width, int first, Span<byte> output)
    {
        var plane = new Plane(box.Height, box.Width);
        for (var i = 0; i < output.Length; i++)
        {
            var column = Coordinates.OfPixel<double>(first + i, width, AlignCorners.False);
            // The order of addition is part of the specification: another rounding could be another byte.
            var x = Coordinates.ToPixel((theta[0] * column) + (theta[1] * place.Y) + (theta[2] * place.Z) + theta[3], box.Width, AlignCorners.False);
            var y = Coordinates.ToPixel((theta[4] * column) + (theta[5] * place.Y) + (theta[6] * place.Z) + theta[7], box.Height, AlignCorners.False);
            var z = Coordinates.ToPixel((theta[8] * column) + (theta[9] * place.Y) + (theta[10] * place.Z) + theta[11], box.Depth, AlignCorners.False);
            if (!(z > -1 && z < box.Depth))
                continue;

            var value = Sample(bordered, plane, x, y);
            var (slice, depth) = (Math.Floor(z), z - Math.Floor(z));
            var (front, back) = (slice >= 0 ? value : 0, slice + 1 < box.Depth ? value : 0);
            output[i] = (byte)(((1 - depth) * front) + (depth * back) + 0.5);
        }
    }

    // The bilinear value at pixel (x, y) of an image in a border of zeros.
    private static double Sample(ReadOnlySpan<double> bordered, Plane source, double x, double y)
    {
        if (!(x > -1 && x < source.Width && y > -1 && y < source.Height))
            return 0;

        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (right, bottom) = (x - left, y - top);
        var first = (((int)top + 1) * (source.Width + 2)) + (int)left + 1;
        var upper = ((1 - right) * bordered[first]) + (right * bordered[first + 1]);
        first += source.Width + 2;
        var lower = ((1 - right) * bordered[first]) + (right * bordered[first + 1]);
        return ((1 - bottom) * upper) + (bottom * lower);
    }

    private static void CopyInside(ReadOnlySpan<byte> image, Plane source, Span<double> bordered)
    {
        bordered.Clear();
        for (var pixel = 0; pixel < image.Length; pixel++)
            bordered[(((pixel / source.Width) + 1) * (source.Width + 2)) + (pixel % source.Width) + 1] = image[pixel];
    }

    // The target columns of a row that may see ink, with one to spare on each side.
    private static (int First, int End) Columns(InkBox ink, ReadOnlySpan<double> theta, double y, double z, Volume box, int width)
    {
        var (low, high) = (0.0, (double)width - 1);
        InkBox.Narrow(theta[0], (theta[1] * y) + (theta[2] * z) + theta[3], box.Width, width, ink.Left, ink.Right, ref low, ref high);
        InkBox.Narrow(theta[4], (theta[5] * y) + (theta[6] * z) + theta[7], box.Height, width, ink.Top, ink.Bottom, ref low, ref high);
        InkBox.Narrow(theta[8], (theta[9] * y) + (theta[10] * z) + theta[11], box.Depth, width, 0, box.Depth - 1, ref low, ref high);
        return low <= high ? ((int)Math.Max(0, Math.Floor(low) - 1), (int)Math.Min(width, Math.Ceiling(high) + 2)) : (0, 0);
    }
}
