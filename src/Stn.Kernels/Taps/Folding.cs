using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Border and reflection padding of staged positions, and the chain rule back through it.</summary>
internal static unsafe class Folding
{
    /// <summary>Moves the positions into the image; keeps the slopes if a backward pass will want them.</summary>
    public static void Fold<T>(in Staged<T> staged, Volume source, AlignCorners align, PaddingMode mode)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (mode == PaddingMode.Constant)
            return;
        Axis(staged, staged.X, Slot.SlopeX, source.Width, align, mode);
        Axis(staged, staged.Y, Slot.SlopeY, source.Height, align, mode);
        if (staged.Z != null)
            Axis(staged, staged.Z, Slot.SlopeZ, source.Depth, align, mode);
    }

    /// <summary>Replaces positions of the mirrored image by the places that they show; other paddings leave them.</summary>
    public static void Mirror<T>(in Staged<T> staged, Volume source, AlignCorners align, PaddingMode mode)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (mode != PaddingMode.Reflection)
            return;
        Mirror(staged, staged.X, Slot.SlopeX, source.Width, align);
        Mirror(staged, staged.Y, Slot.SlopeY, source.Height, align);
    }

    /// <summary>Multiplies the gradients of the positions by the slopes that were kept.</summary>
    public static void Unfold<T>(in Staged<T> staged, PaddingMode mode)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (mode == PaddingMode.Constant || !staged.HasGradients)
            return;
        Simd.Multiply(staged.GradientX, Scratch.Current.Take<T>(Slot.SlopeX, staged.Length), staged.Length);
        Simd.Multiply(staged.GradientY, Scratch.Current.Take<T>(Slot.SlopeY, staged.Length), staged.Length);
        if (staged.Z != null)
            Simd.Multiply(staged.GradientZ, Scratch.Current.Take<T>(Slot.SlopeZ, staged.Length), staged.Length);
    }

    private static void Mirror<T>(in Staged<T> staged, T* positions, Slot slot, int size, AlignCorners align)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var slopes = Scratch.Current.Take<T>(slot, staged.Length);
        for (var i = 0; i < staged.Length; i++)
            (positions[i], slopes[i]) = PaddingReference.Mirror(positions[i], size, align);
    }

    private static void Axis<T>(in Staged<T> staged, T* positions, Slot slot, int size, AlignCorners align, PaddingMode mode)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var slopes = staged.HasGradients ? Scratch.Current.Take<T>(slot, staged.Length) : null;
        if (mode == PaddingMode.Border && Simd.IsVector<T>())
        {
            Clip(positions, slopes, staged.Length, T.CreateTruncating(size - 1));
            return;
        }

        for (var i = 0; i < staged.Length; i++)
        {
            (positions[i], var slope) = PaddingReference.Fold(positions[i], size, align, mode);
            if (slopes != null)
                slopes[i] = slope;
        }
    }

    // PaddingReference's border rule; a comparison with NaN is false, so NaN becomes 0. Staged arrays are whole vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clip<T>(T* positions, T* slopes, int count, T last)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (zero, one, greatest) = (Vector256<T>.Zero, Vector256<T>.One, Vector256.Create(last));
        for (var i = 0; i < count; i += Vector256<T>.Count)
        {
            var position = Vector256.Load(positions + i);
            var (above, below) = (Vector256.GreaterThan(position, zero), Vector256.LessThan(position, greatest));
            var clipped = Vector256.ConditionalSelect(below, position, greatest);
            Vector256.ConditionalSelect(above, clipped, zero).Store(positions + i);
            if (slopes != null)
                (one & above & below).Store(slopes + i);
        }
    }
}
