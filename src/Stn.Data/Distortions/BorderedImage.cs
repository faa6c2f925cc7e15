using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>A byte image with a border of zeros around it, read between its pixels.</summary>
internal readonly ref struct BorderedImage
{
    // A read takes four bytes, of which two are looked at.
    private const int Spare = sizeof(uint) - 2;

    private readonly Span<byte> _bytes;
    private readonly int _stride;
    private readonly InkBox _ink;

    /// <summary>Copies an image into a buffer of <see cref="Length"/> bytes.</summary>
    public BorderedImage(ReadOnlySpan<byte> image, Plane plane, InkBox ink, Span<byte> buffer)
    {
        Debug.Assert(buffer.Length == Length(plane));
        _bytes = buffer;
        (_stride, _ink) = (plane.Width + 2, ink);
        buffer.Clear();
        for (var row = 0; row < plane.Height; row++)
            image.Slice(row * plane.Width, plane.Width).CopyTo(buffer[(((row + 1) * _stride) + 1)..]);
    }

    /// <summary>The bytes that an image needs.</summary>
    public static int Length(Plane plane) => ((plane.Width + 2) * (plane.Height + 2)) + Spare;

    /// <summary>False where all four positions are surely beyond the reach of ink, or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MaySeeInk(Vector256<double> x, Vector256<double> y) => NearInk(x, y) != Vector256<double>.Zero;

    /// <summary>Writes up to four bytes: the image at positions in pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sample(Vector256<double> x, Vector256<double> y, Span<byte> output)
    {
        // Positions that see no ink are read at pixel (0, 0) and count for nothing.
        var near = NearInk(x, y);
        (x, y) = (x & near, y & near);
        var (left, top) = (Vector256.Floor(x), Vector256.Floor(y));
        var (right, bottom) = (x - left, y - top);
        var one = Vector256<double>.One;
        var place = ((top + one) * Vector256.Create((double)_stride)) + left + one;
        var (upper, lower) = (Row(place, 0, right), Row(place, _stride, right));
        var values = ((one - bottom) * upper) + (bottom * lower);
        var rounded = (values & near) + Vector256.Create(0.5);
        for (var i = 0; i < output.Length; i++)
            output[i] = (byte)rounded[i];
    }

    private Vector256<double> NearInk(Vector256<double> x, Vector256<double> y) =>
        Vector256.GreaterThan(x, Vector256.Create(_ink.Left - 1.0)) & Vector256.LessThan(x, Vector256.Create(_ink.Right + 1.0))
        & Vector256.GreaterThan(y, Vector256.Create(_ink.Top - 1.0)) & Vector256.LessThan(y, Vector256.Create(_ink.Bottom + 1.0));

    // (1 − right)·(left pixel) + right·(right pixel), of the row that lies so many bytes on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Row(Vector256<double> place, int offset, Vector256<double> right)
    {
        var pairs = Vector128.Create(Pair(place[0], offset), Pair(place[1], offset), Pair(place[2], offset), Pair(place[3], offset));
        var low = Vector128.Create(0xFF);
        var (first, second) = (ToDouble(pairs & low), ToDouble((pairs >>> 8) & low));
        return ((Vector256<double>.One - right) * first) + (right * second);
    }

    private int Pair(double place, int offset)
    {
        var at = (int)place + offset;
        Debug.Assert(at >= 0 && at <= _bytes.Length - sizeof(int));
        return Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bytes), at));
    }

    private static Vector256<double> ToDouble(Vector128<int> values) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(values)
        : Vector256.Create((double)values[0], values[1], values[2], values[3]);
}
