using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>How a box lies in a larger volume: turned about its centre, then moved, in voxels.</summary>
/// <remarks>
/// With x to the right, y down and z from slice to slice, a point s of the box, from its centre, lies in the volume at
/// offset + R_z(c)·R_y(b)·R_x(a)·s from the volume's centre: first turned about x, then y, then z. R_z turns x towards y, R_x turns y
/// towards z, R_y turns z towards x.
/// </remarks>
/// <param name="AngleX">a, in degrees.</param>
/// <param name="AngleY">b, in degrees.</param>
/// <param name="AngleZ">c, in degrees.</param>
/// <param name="OffsetX">How far the box's centre lies to the right of the volume's.</param>
/// <param name="OffsetY">How far it lies below.</param>
/// <param name="OffsetZ">How many slices it lies behind.</param>
public readonly record struct Pose3D(double AngleX, double AngleY, double AngleZ, double OffsetX, double OffsetY, double OffsetZ)
{
    private const double Radians = Math.PI / 180;

    /// <summary>R = R_z·R_y·R_x, nine numbers, row by row.</summary>
    public void Rotation(Span<double> rotation)
    {
        var (sa, ca) = ExactMath.SinCos(AngleX * Radians);
        var (sb, cb) = ExactMath.SinCos(AngleY * Radians);
        var (sc, cc) = ExactMath.SinCos(AngleZ * Radians);
        (rotation[0], rotation[1], rotation[2]) = (cc * cb, (cc * sb * sa) - (sc * ca), (cc * sb * ca) + (sc * sa));
        (rotation[3], rotation[4], rotation[5]) = (sc * cb, (sc * sb * sa) + (cc * ca), (sc * sb * ca) - (cc * sa));
        (rotation[6], rotation[7], rotation[8]) = (-sb, cb * sa, cb * ca);
    }

    /// <summary>
    /// θ that draws the box in the volume: 3×4 numbers, row by row, from target (the volume) to source (the box), both normalised with
    /// <see cref="AlignCorners.False"/>, x before y before z.
    /// </summary>
    /// <param name="box">The size of the box.</param>
    /// <param name="volume">The size of the volume.</param>
    /// <param name="theta">Twelve numbers, written in full.</param>
    public void VolumeToBox(Volume box, Volume volume, Span<double> theta)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, 12);
        Span<double> rotation = stackalloc double[9];
        Rotation(rotation);
        ReadOnlySpan<int> from = [box.Width, box.Height, box.Depth];
        ReadOnlySpan<int> to = [volume.Width, volume.Height, volume.Depth];
        for (var row = 0; row < 3; row++)
        {
            // The inverse of a rotation is its transpose.
            for (var column = 0; column < 3; column++)
                theta[(4 * row) + column] = rotation[(3 * column) + row] * to[column] / from[row];
            theta[(4 * row) + 3] = -((rotation[row] * OffsetX) + (rotation[3 + row] * OffsetY) + (rotation[6 + row] * OffsetZ)) * 2 / from[row];
        }
    }
}
