using System.Numerics;
using Stn.Kernels.Reference;
using Plane = Stn.Kernels.Plane;

namespace Stn.Checks.Scalar;

/// <summary>The local scales of the points of an image, by <see cref="AntiAliasedReference.Scale"/> from the points beside each.</summary>
internal static class LocalScales
{
    /// <summary>The same places with their scales along x and y.</summary>
    internal static SourcePlace[] On(SourcePlace[] places, Plane target) =>
        [.. places.Select((place, point) => place with { ScaleX = Of(places, target, point, 0), ScaleY = Of(places, target, point, 1) })];

    /// <summary>The places with the scales of others.</summary>
    internal static SourcePlace[] Held(SourcePlace[] places, SourcePlace[] scales) =>
        [.. places.Zip(scales, (place, held) => place with { ScaleX = held.ScaleX, ScaleY = held.ScaleY })];

    // In the type that holds the places, as the kernels: a foot of a kernel that lies on a pixel stays there.
    private static double Of(SourcePlace[] places, Plane target, int point, int axis)
    {
        return places[point].IsSingle ? In<float>() : In<double>();

        double In<T>()
            where T : IFloatingPointIeee754<T> => double.CreateTruncating(
                AntiAliasedReference.Scale(At<T>(0, 0), At<T>(0, -1), At<T>(0, 1), At<T>(-1, 0), At<T>(1, 0)));

        T At<T>(int down, int right)
            where T : IFloatingPointIeee754<T>
        {
            var (row, column) = ((point / target.Width) + down, (point % target.Width) + right);
            var isThere = row >= 0 && row < target.Height && column >= 0 && column < target.Width;
            return isThere ? T.CreateTruncating(places[(row * target.Width) + column][axis]) : T.NaN;
        }
    }
}
