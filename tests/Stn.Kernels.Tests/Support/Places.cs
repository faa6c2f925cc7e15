using System.Numerics;
using Stn.Kernels.Reference;

namespace Stn.Kernels.Tests.Support;

/// <summary>Where target points lie in the source: the formula of each transformation, in the rounding of its kernel.</summary>
public static class Places
{
    /// <summary>The source position of a target point in pixels.</summary>
    public static double[] Of<T>(WarpCase<T> c, int image, int point)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var at = new double[3];
        if (s.Kind == Kind.Spline)
        {
            var (x, y) = SplineReference.Locate(
                SplineTables.Of<T>(s), c.Parameters.AsSpan(image * s.Parameters, s.Parameters), point / s.Target.Width, point % s.Target.Width,
                new Plane(s.Source.Height, s.Source.Width), s.Align);
            return [double.CreateTruncating(x), double.CreateTruncating(y), 0];
        }

        for (var axis = 0; axis < s.Dimensions; axis++)
            at[axis] = double.CreateTruncating(Along(c, image, point, axis));
        return at;
    }

    /// <summary>Adds to the gradient of the parameters what <paramref name="amount"/> along one axis of one point gives.</summary>
    public static void AddGradient<T>(WarpCase<T> c, int image, int point, int axis, double amount, double[] gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var (x, y, z) = Normalised(s, point);
        var first = image * s.Parameters;
        var scaled = amount * PixelsPerUnit(s, axis);
        switch (s.Kind)
        {
            case Kind.Affine or Kind.Affine3D:
                double[] place = s.IsVolume ? [x, y, z, 1] : [x, y, 1];
                for (var i = 0; i < place.Length; i++)
                    gradient[first + (axis * place.Length) + i] += scaled * place[i];
                break;
            case Kind.Projective:
                var h = c.Parameters.AsSpan(first, 8).ToArray().Select(double.CreateTruncating).ToArray();
                var w = (h[6] * x) + (h[7] * y) + 1;
                var ratio = ((h[3 * axis] * x) + (h[(3 * axis) + 1] * y) + h[(3 * axis) + 2]) / w;
                gradient[first + (3 * axis)] += scaled * x / w;
                gradient[first + (3 * axis) + 1] += scaled * y / w;
                gradient[first + (3 * axis) + 2] += scaled / w;
                gradient[first + 6] -= scaled * ratio * x / w;
                gradient[first + 7] -= scaled * ratio * y / w;
                break;
            case Kind.Basis:
                for (var k = 0; k < s.Functions; k++)
                    gradient[first + (axis * s.Functions) + k] += scaled * double.CreateTruncating(c.Basis[(k * s.Target.Length) + point]);
                break;
            case Kind.Spline:
                var functions = new T[s.Side * s.Side];
                SplineTables.Of<T>(s).Evaluate(point / s.Target.Width, point % s.Target.Width, functions);
                for (var k = 0; k < functions.Length; k++)
                    gradient[first + (axis * functions.Length) + k] += scaled * double.CreateTruncating(functions[k]);
                break;
            default:
                gradient[first + (point * s.Dimensions) + axis] += scaled;
                break;
        }
    }

    public static double PixelsPerUnit(Setting s, int axis) =>
        (SizeOf(s.Source, axis) - (s.Align == AlignCorners.True ? 1 : 0)) / 2.0;

    public static int SizeOf(Volume volume, int axis) => axis switch { 0 => volume.Width, 1 => volume.Height, _ => volume.Depth };

    private static T Along<T>(WarpCase<T> c, int image, int point, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var s = c.Setting;
        var p = c.Parameters.AsSpan(image * s.Parameters, s.Parameters);
        var (scale, middle) = (PixelsPerUnit(s, axis), (SizeOf(s.Source, axis) - 1) / 2.0);
        switch (s.Kind)
        {
            case Kind.Affine or Kind.Affine3D:
                return Line(s, point, p.Slice(axis * (s.Dimensions + 1), s.Dimensions + 1), scale, middle);
            case Kind.Projective:
                var w = Line(s, point, [p[6], p[7], T.One], 1, 0);
                var u = Line(s, point, p.Slice(3 * axis, 3), 1, 0);
                return w > T.CreateTruncating(1e-6)
                    ? T.FusedMultiplyAdd(u / w, T.CreateTruncating(scale), T.CreateTruncating(middle))
                    : T.NaN;
            case Kind.Basis:
                var sum = T.Zero;
                for (var k = 0; k < s.Functions; k++)
                    sum = T.FusedMultiplyAdd(p[(axis * s.Functions) + k], c.Basis[(k * s.Target.Length) + point], sum);
                return T.FusedMultiplyAdd(sum, T.CreateTruncating(scale), T.CreateTruncating(middle));
            default:
                return Coordinates.ToPixel(p[(point * s.Dimensions) + axis], SizeOf(s.Source, axis), s.Align);
        }
    }

    // middle + scale·(row·(x, y, z, 1)), as a line along x counted from the middle of the target, rounded as kernels round it.
    private static T Line<T>(Setting s, int point, ReadOnlySpan<T> row, double scale, double middle)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (_, y, z) = Normalised(s, point);
        var step = s.Target.Width == 1 ? 0 : 2.0 / (s.Target.Width - (s.Align == AlignCorners.True ? 1 : 0));
        var offset = (double.CreateTruncating(row[1]) * y) + double.CreateTruncating(row[^1]);
        if (row.Length == 4)
            offset += double.CreateTruncating(row[2]) * z;
        var column = T.CreateTruncating((point % s.Target.Width) - ((s.Target.Width - 1) / 2.0));
        return T.FusedMultiplyAdd(
            T.CreateTruncating(scale * step * double.CreateTruncating(row[0])), column, T.CreateTruncating(middle + (scale * offset)));
    }

    private static (double X, double Y, double Z) Normalised(Setting s, int point)
    {
        var (row, column) = (point / s.Target.Width, point % s.Target.Width);
        return (
            Along(column, s.Target.Width),
            Along(row % s.Target.Height, s.Target.Height),
            Along(row / s.Target.Height, s.Target.Depth));

        double Along(int index, int size) =>
            size == 1 ? 0 : 2.0 / (size - (s.Align == AlignCorners.True ? 1 : 0)) * (index - ((size - 1) / 2.0));
    }
}
