using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Kernels;

namespace Stn.Checks.Results;

/// <summary>A place where libtorch's own paths disagree with each other or with its documentation, and so with Stn's one rule.</summary>
/// <param name="Name">Short.</param>
/// <param name="Reason">What libtorch does, and what Stn does.</param>
/// <param name="IsFor">At which points of which cases.</param>
/// <param name="Excuses">Which difference of V at such a point it explains; null where it is about gradients.</param>
public sealed record KnownDisagreement(
    string Name, string Reason, Func<WarpCase, SourcePlace, bool> IsFor, Func<Difference, bool>? Excuses)
{
    // The largest position that libtorch's conversions to 32-bit whole numbers hold.
    private const double LargestIndex = 2147483647;

    /// <summary>Those that are known. Nothing else is excused.</summary>
    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
        new(
            "NaN and ±∞ in images give NaN",
            "libtorch's documentation says that NaN is read as −1. Its vector path for images multiplies weights of NaN instead: V is NaN with zeros\n"
            + "  and, for bicubic, with every padding. Its path for volumes does not. Stn: the constant with zeros, pixel 0 or the border else.",
            (one, place) => one.Dimensions == 2 && !place.IsFinite && (ModeOf(one) == PaddingMode.Constant || KindOf(one) == Interpolation.Cubic),
            difference => double.IsNaN(difference.Expected)),
        new(
            "NaN and ±∞ in volumes are the last voxel",
            "In volumes libtorch's minimum and maximum let NaN pass as the last voxel with border, and ±∞ too with reflection; in images they are\n"
            + "  pixel 0. Stn: pixel 0 in both.",
            (one, place) => one.Dimensions == 3 && !place.IsFinite && ModeOf(one) != PaddingMode.Constant, _ => true),
        new(
            "ties of nearest in volumes",
            "Halfway between two voxels libtorch up to about 2.0 rounds away from zero, in images and in newer versions to the even one. Stn: the\n"
            + "  even one in both.",
            (one, place) => one.Dimensions == 3 && KindOf(one) == Interpolation.Nearest && IsHalfway(place), _ => true),
        new(
            "positions beyond 32-bit whole numbers",
            "libtorch counts mirrors and pixels in 32-bit whole numbers, which overflow. Stn: the mirrored place, or the padding.",
            (one, place) => IsFar(place) && ModeOf(one) == PaddingMode.Reflection, _ => true),
        new(
            "gradients of bilinear images at no place end the process",
            "libtorch's vector path turns NaN (and with reflection ±∞ and 10³⁸) into an index and writes ∂U there, outside its memory: it ends\n"
            + "  with a segmentation fault. These points are not given to its backward pass. Stn: they have no gradient.",
            (one, place) => one.Dimensions == 2 && KindOf(one) == Interpolation.Linear && ModeOf(one) != PaddingMode.Constant
                && (!place.IsFinite || IsFar(place)), null),
        new(
            "NaN in volumes passes no gradient to U",
            "libtorch reads a voxel for NaN with border, and gives its gradient to none. Stn: to the voxel that was read.",
            (one, place) => one.Dimensions == 3 && !place.IsFinite && ModeOf(one) != PaddingMode.Constant, null),
    ];

    private static Interpolation KindOf(WarpCase one) => one.Sampler.Sampler.Kernel!.Value.Interpolation;

    private static PaddingMode ModeOf(WarpCase one) => one.Sampler.Sampler.Kernel!.Value.Padding.Mode;

    private static bool IsFar(SourcePlace place) => Enumerable.Range(0, 3)
        .Any(axis => double.IsFinite(place[axis]) && Math.Abs(place[axis]) > LargestIndex);

    private static bool IsHalfway(SourcePlace place) => IsHalf(place.X) || IsHalf(place.Y) || IsHalf(place.Z);

    private static bool IsHalf(double position) => Math.Abs(position - Math.Floor(position)) == 0.5;
}
