using System.Numerics;

namespace Stn.Kernels.Reference;

/// <summary>Trilinear sampling of one volume: bilinear in two neighbouring slices, linear between them.</summary>
/// <remarks>The specification of the faster form; conventions as in <see cref="BilinearReference"/>, z in slices.</remarks>
public static class TrilinearReference
{
    /// <summary>The value at voxel position (<paramref name="x"/>, <paramref name="y"/>, <paramref name="z"/>).</summary>
    /// <param name="image">U: one channel, slice by slice.</param>
    /// <param name="volume">The size of the volume.</param>
    /// <param name="x">Source column in voxels; may lie outside, be NaN or infinite.</param>
    /// <param name="y">Source row, likewise.</param>
    /// <param name="z">Source slice, likewise.</param>
    /// <param name="outside">The value of each tap outside.</param>
    public static T Sample<T>(ReadOnlySpan<T> image, Volume volume, T x, T y, T z, T outside)
        where T : IFloatingPointIeee754<T>
    {
        if (!Touches(volume, x, y, z))
            return outside;
        var (front, back) = Slices(image, volume, x, y, z, outside);
        var depth = z - T.Floor(z);
        return ((T.One - depth) * front) + (depth * back);
    }

    /// <summary>The derivatives of the value by x, y and z, per voxel; at integer positions those of the cell above.</summary>
    /// <inheritdoc cref="Sample" path="/param"/>
    public static (T X, T Y, T Z) Gradient<T>(ReadOnlySpan<T> image, Volume volume, T x, T y, T z, T outside)
        where T : IFloatingPointIeee754<T>
    {
        if (!Touches(volume, x, y, z))
            return (T.Zero, T.Zero, T.Zero);

        var plane = new Plane(volume.Height, volume.Width);
        var (slice, depth) = (int.CreateTruncating(T.Floor(z)), z - T.Floor(z));
        var front = InSlice(image, volume, slice, out var inFront) ? BilinearReference.Gradient(inFront, plane, x, y, outside) : default;
        var back = InSlice(image, volume, slice + 1, out var behind) ? BilinearReference.Gradient(behind, plane, x, y, outside) : default;
        var (valueInFront, valueBehind) = Slices(image, volume, x, y, z, outside);
        return (
            ((T.One - depth) * front.X) + (depth * back.X),
            ((T.One - depth) * front.Y) + (depth * back.Y),
            valueBehind - valueInFront);
    }

    /// <summary>Adds <paramref name="amount"/>, the gradient of the value at a point, to the gradient of the voxels.</summary>
    /// <param name="gradient">∂U: one channel, slice by slice.</param>
    /// <param name="volume">The size of the volume.</param>
    /// <param name="x">Source column in voxels.</param>
    /// <param name="y">Source row in voxels.</param>
    /// <param name="z">Source slice in voxels.</param>
    /// <param name="amount">∂V of the point.</param>
    public static void Scatter<T>(Span<T> gradient, Volume volume, T x, T y, T z, T amount)
        where T : IFloatingPointIeee754<T>
    {
        if (!Touches(volume, x, y, z))
            return;

        var plane = new Plane(volume.Height, volume.Width);
        var (slice, depth) = (int.CreateTruncating(T.Floor(z)), z - T.Floor(z));
        if ((uint)slice < (uint)volume.Depth)
            BilinearReference.Scatter(gradient.Slice(slice * plane.Length, plane.Length), plane, x, y, (T.One - depth) * amount);
        if ((uint)(slice + 1) < (uint)volume.Depth)
            BilinearReference.Scatter(gradient.Slice((slice + 1) * plane.Length, plane.Length), plane, x, y, depth * amount);
    }

    // The bilinear values of the two slices around z.
    private static (T Front, T Back) Slices<T>(ReadOnlySpan<T> image, Volume volume, T x, T y, T z, T outside)
        where T : IFloatingPointIeee754<T>
    {
        var plane = new Plane(volume.Height, volume.Width);
        var slice = int.CreateTruncating(T.Floor(z));
        return (
            InSlice(image, volume, slice, out var front) ? BilinearReference.Sample(front, plane, x, y, outside) : outside,
            InSlice(image, volume, slice + 1, out var back) ? BilinearReference.Sample(back, plane, x, y, outside) : outside);
    }

    private static bool InSlice<T>(ReadOnlySpan<T> image, Volume volume, int slice, out ReadOnlySpan<T> plane)
    {
        var inside = (uint)slice < (uint)volume.Depth;
        var length = volume.Height * volume.Width;
        plane = inside ? image.Slice(slice * length, length) : default;
        return inside;
    }

    private static bool Touches<T>(Volume volume, T x, T y, T z)
        where T : IFloatingPointIeee754<T> =>
        x >= -T.One && x < T.CreateChecked(volume.Width) && y >= -T.One && y < T.CreateChecked(volume.Height)
        && z >= -T.One && z < T.CreateChecked(volume.Depth);
}
