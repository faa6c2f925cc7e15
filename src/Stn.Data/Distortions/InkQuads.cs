using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// The ink of a byte image, read between its pixels: for each pixel of its box and one around it, the pixel, its right neighbour and the two
/// below, one a byte, so that a sample is a single read.
/// </summary>
internal readonly ref struct InkQuads
{
    private readonly ReadOnlySpan<uint> _quads;
    private readonly double _left;
    private readonly double _right;
    private readonly double _top;
    private readonly double _bottom;
    private readonly double _stride;
    private readonly double _origin;

    /// <summary>Takes an image apart into a buffer of <see cref="Room"/> numbers.</summary>
    /// <param name="image">One plane of size <paramref name="plane"/>.</param>
    /// <param name="plane">Its size.</param>
    /// <param name="ink">The box of its ink, not empty.</param>
    /// <param name="buffer">Written as far as it is needed.</param>
    [SkipLocalsInit]
    public InkQuads(ReadOnlySpan<byte> image, Plane plane, InkBox ink, Span<uint> buffer)
    {
        Debug.Assert(!ink.IsEmpty && buffer.Length >= Room(plane));
        var stride = Stride(plane);
        _quads = buffer;
        // The border's own places.
        (_left, _right, _top, _bottom) = (ink.Left - 1, ink.Right + 1, ink.Top - 1, ink.Bottom + 1);
        (_stride, _origin) = (stride, -((_top * stride) + _left));
        var (width, height) = (ink.Right - ink.Left + 1, ink.Bottom - ink.Top + 1);
        Span<byte> bordered = stackalloc byte[((height + 3) * stride) + 1];
        bordered.Clear();
        for (var row = 0; row < height; row++)
            image.Slice(((ink.Top + row) * plane.Width) + ink.Left, width).CopyTo(bordered[(((row + 1) * stride) + 1)..]);
        for (var row = 0; row < height + 2; row++)
            Interleave(bordered.Slice(row * stride, (2 * stride) + 1), buffer.Slice(row * stride, stride));
    }

    /// <summary>The numbers that an image may need.</summary>
    public static int Room(Plane plane) => Stride(plane) * (plane.Height + 2);

    /// <summary>False where none of eight positions sees ink.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MaySee(Vector512<double> x, Vector512<double> y) => (
        Vector512.GreaterThan(x, Vector512.Create(_left)) & Vector512.LessThan(x, Vector512.Create(_right))
        & Vector512.GreaterThan(y, Vector512.Create(_top)) & Vector512.LessThan(y, Vector512.Create(_bottom))) != Vector512<double>.Zero;

    /// <summary>The image at eight positions in pixels, rounded half up to bytes. One that is not a number sees nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Sample(Vector512<double> x, Vector512<double> y)
    {
        (x, y) = (Clamp(x, _left, _right), Clamp(y, _top, _bottom));
        var (left, top) = (Vector512.Floor(x), Vector512.Floor(y));
        var (right, bottom) = (x - left, y - top);
        var quads = Read(LaneConversions.ToInt32((top * Vector512.Create(_stride)) + left + Vector512.Create(_origin)));
        var (keepX, keepY) = (Vector512<double>.One - right, Vector512<double>.One - bottom);
        var upper = (keepX * Byte(quads, 0)) + (right * Byte(quads, 1));
        var lower = (keepX * Byte(quads, 2)) + (right * Byte(quads, 3));
        var values = (keepY * upper) + (bottom * lower);
        return LaneConversions.ToBytes(LaneConversions.ToInt32(values + Vector512.Create(0.5)));
    }

    // A position that sees no ink goes to the border, where all is black. One that is not a number goes there too, or stays what it is, by
    // processor: its place and its byte are 0 then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Clamp(Vector512<double> position, double first, double last) =>
        Vector512.MaxNative(Vector512.MinNative(position, Vector512.Create(last)), Vector512.Create(first));

    private static int Stride(Plane plane) => (plane.Width + Vector128<byte>.Count + 1) & -Vector128<byte>.Count;

    // A row from itself and the one below.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(ReadOnlySpan<byte> bytes, Span<uint> quads)
    {
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref MemoryMarshal.GetReference(quads);
        for (var column = 0; column < quads.Length; column += Vector128<byte>.Count)
        {
            var below = column + quads.Length;
            var quad = Load(ref from, column) | (Load(ref from, column + 1) << 8) | (Load(ref from, below) << 16) | (Load(ref from, below + 1) << 24);
            quad.AsUInt32().StoreUnsafe(ref to, (nuint)column);
        }
    }

    private static Vector512<int> Load(ref byte from, int at) => LaneConversions.ToInt32(Vector128.LoadUnsafe(ref from, (nuint)at));

    // Eight single reads; the processors' own gathering is no faster. A clamped position lies inside the buffer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe Vector256<uint> Read(Vector256<int> places)
    {
        var at = (int*)&places;
        return Vector256.Create(
            Vector128.Create(Quad(at[0]), Quad(at[1]), Quad(at[2]), Quad(at[3])),
            Vector128.Create(Quad(at[4]), Quad(at[5]), Quad(at[6]), Quad(at[7])));
    }

    private uint Quad(int place)
    {
        Debug.Assert((uint)place < (uint)_quads.Length);
        return Unsafe.Add(ref MemoryMarshal.GetReference(_quads), place);
    }

    private static Vector512<double> Byte(Vector256<uint> quads, int place) =>
        LaneConversions.ToDouble(((quads >>> (8 * place)) & Vector256.Create(0xFFu)).AsInt32());
}
