using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The vector form of <see cref="Reference.NearestReference"/>, 8 points at a time; lane i is point i.</summary>
internal static unsafe class NearestPixels
{
    /// <summary>The index of a point outside.</summary>
    public const int Outside = -1;

    /// <summary>Writes the pixel of each staged point within a plane, or <see cref="Outside"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(in Staged<float> staged, Volume source, TieRule ties, int* pixels)
    {
        var (width, height, depth) = (Vector256.Create(source.Width), Vector256.Create(source.Height), Vector256.Create(source.Depth));
        for (var i = 0; i < staged.Length; i += Vector256<float>.Count)
        {
            var x = Index(Vector256.Load(staged.X + i), width, ties);
            var y = Index(Vector256.Load(staged.Y + i), height, ties);
            var z = staged.Z == null ? Vector256<int>.Zero : Index(Vector256.Load(staged.Z + i), depth, ties);
            var pixel = (((z * height) + y) * width) + x;
            // A negative index on any axis sets the sign of all: all ones is Outside.
            (pixel | Vector256.LessThan(x | y | z, Vector256<int>.Zero)).Store(pixels + i);
        }
    }

    /// <summary>Reads a run of points, and asks for the pixels two rows further down: the next row's points need them.</summary>
    /// <remarks>One load a point: on many processors a gather of 8 is slower than 8 loads.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(float* image, int width, int* pixels, int count, float outside, float* output)
    {
        var i = 0;
        for (; i <= count - 8; i += 8)
        {
            Simd.Prefetch(image + pixels[i] + (2 * (nint)width));
            if (Vector256.LessThanAny(Vector256.Load(pixels + i), Vector256<int>.Zero))
                ReadFramed(image, pixels + i, 8, outside, output + i);
            else
                Read8(image, pixels + i, output + i);
        }

        ReadFramed(image, pixels + i, count - i, outside, output + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read8(float* image, int* pixels, float* output)
    {
        output[0] = image[pixels[0]];
        output[1] = image[pixels[1]];
        output[2] = image[pixels[2]];
        output[3] = image[pixels[3]];
        output[4] = image[pixels[4]];
        output[5] = image[pixels[5]];
        output[6] = image[pixels[6]];
        output[7] = image[pixels[7]];
    }

    private static void ReadFramed(float* image, int* pixels, int count, float outside, float* output)
    {
        for (var i = 0; i < count; i++)
            output[i] = pixels[i] == Outside ? outside : image[pixels[i]];
    }

    // −1 where the pixel lies outside, or the position is NaN or too far for an integer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Index(Vector256<float> position, Vector256<int> size, TieRule ties)
    {
        var nearest = ties == TieRule.HalfToEven
            ? Avx.RoundToNearestInteger(position)
            : Vector256.Floor(position + Vector256.Create(0.5f));
        var inside = Vector256.GreaterThanOrEqual(nearest, Vector256<float>.Zero)
            & Vector256.LessThan(nearest, Vector256.ConvertToSingle(size));
        return Avx.ConvertToVector256Int32WithTruncation(nearest) | ~inside.AsInt32();
    }
}
