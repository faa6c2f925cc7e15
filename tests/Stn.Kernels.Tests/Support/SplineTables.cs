using System.Numerics;

namespace Stn.Kernels.Tests.Support;

/// <summary>The spline tables of settings; the last one of each thread is kept, since a case asks for it several times.</summary>
public static class SplineTables
{
    public static SplineTable<T> Of<T>(Setting s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var last = Last<T>.Made;
        if (last is null || (last.Side, last.Target) != (s.Side, s.TargetPlane) || Last<T>.Align != s.Align)
            (Last<T>.Made, Last<T>.Align) = (last = new SplineTable<T>(s.Side, s.TargetPlane, s.Align), s.Align);
        return last;
    }

    private static class Last<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [ThreadStatic]
        public static SplineTable<T>? Made;

        [ThreadStatic]
        public static AlignCorners Align;
    }
}
