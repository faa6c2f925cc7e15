using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>The regular grid G of the target, in plain numbers and as a tensor.</summary>
internal static class TargetPoints
{
    /// <summary>The point of a pixel.</summary>
    internal static NormalizedPoint Of(int pixel, Plane target, AlignCorners align) => new(
        Coordinates.OfPixel<double>(pixel % target.Width, target.Width, align),
        Coordinates.OfPixel<double>(pixel / target.Width, target.Height, align));

    /// <summary>All points in homogeneous coordinates, (3, h·w): x, y and 1.</summary>
    internal static Tensor Like(Tensor other, Plane target, AlignCorners align)
    {
        var points = new double[3 * target.Length];
        for (var i = 0; i < target.Length; i++)
        {
            var point = Of(i, target, align);
            (points[i], points[target.Length + i], points[(2 * target.Length) + i]) = (point.X, point.Y, 1);
        }

        return Constants.Like(other, points, 3, target.Length);
    }
}
