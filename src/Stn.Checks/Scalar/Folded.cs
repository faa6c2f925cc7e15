using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Checks.Scalar;

/// <summary>What padding makes of a place: the coordinate that is read, and the factor of its gradient.</summary>
/// <param name="Position">In pixels.</param>
/// <param name="Slope">0, 1 or −1.</param>
internal readonly record struct Folded(double Position, double Slope)
{
    /// <summary>A position moved into the image along one axis, in the type that holds it: a mirror rounds.</summary>
    internal static Folded Along(SourcePlace place, int axis, Volume source, AlignCorners align, PaddingMode mode)
    {
        var size = SizeOf(source, axis);
        if (!place.IsSingle)
            return Of(PaddingReference.Fold(place[axis], size, align, mode));
        var (position, slope) = PaddingReference.Fold((float)place[axis], size, align, mode);
        return new Folded(position, slope);
    }

    /// <summary>The place of the image that a mirrored image shows; for kernels that pad each tap by itself.</summary>
    internal static Folded Mirrored(SourcePlace place, int axis, Volume source, AlignCorners align, PaddingMode mode)
    {
        if (mode != PaddingMode.Reflection)
            return new Folded(place[axis], 1);
        var size = SizeOf(source, axis);
        if (!place.IsSingle)
            return Of(PaddingReference.Mirror(place[axis], size, align));
        var (position, slope) = PaddingReference.Mirror((float)place[axis], size, align);
        return new Folded(position, slope);
    }

    /// <summary>The pixels along an axis.</summary>
    internal static int SizeOf(Volume volume, int axis) => axis switch { 0 => volume.Width, 1 => volume.Height, _ => volume.Depth };

    private static Folded Of((double Position, double Slope) folded) => new(folded.Position, folded.Slope);
}
