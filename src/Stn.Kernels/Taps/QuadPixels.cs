using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// A window's copy of up to 4 channels, the channels of a pixel side by side in 128 bits; channels that do not exist are 0. Two
/// 256-bit loads read the four taps of a point in all its channels. For use where <see cref="Simd.IsWide"/>.
/// </summary>
/// <remarks>
/// <code>
/// pixels: | a b c d | a b c d | …               one load: two neighbours
/// sums:   even cells' pairs | … | odd cells' pairs
/// </code>
/// A point adds to two pairs of neighbouring pixels, one above the other. Pairs that begin at even pixels are summed in one
/// copy of the window and those at odd pixels in another, so that no two of them overlap in part: the processor would have to
/// wait for the memory at each point. <see cref="AddTo"/> adds the two.
/// </remarks>
internal static unsafe class QuadPixels
{
    /// <summary>The most channels that go together.</summary>
    public const int Channels = 1 << Shift;

    /// <summary>Points keep their cells times <see cref="Channels"/>.</summary>
    public const int Shift = 2;

    private const int Block = 16;

    // Rows of U come from afar: they are asked for while those before them are copied.
    private const int RowsAhead = 4;

    /// <summary>The window with an even number of columns, so that a cell's number is odd where its column is.</summary>
    public static Window? Around(in Staged<float> staged, Volume source) =>
        Window.Around(staged, source, Footprint.Linear) is { } window ? window with { Columns = (window.Columns + 1) & ~1 } : null;

    /// <summary>The distance from a pixel's place in the sums of even cells to that in the sums of odd ones.</summary>
    public static int OddSums(in Window window) => (Channels * Pixels(window)) + Channels;

    /// <summary>Asks for the first rows of the window of <paramref name="live"/> planes; <see cref="Copy"/> asks for the others.</summary>
    public static void Prefetch(float* planes, int live, Volume source, in Window window)
    {
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        for (var channel = 0; channel < live; channel++)
        {
            for (var y = window.Y; y < window.Y + RowsAhead; y++)
                Simd.PrefetchRow(planes + (channel * (nint)source.Length) + ((nint)y * source.Width) + first, count);
        }
    }

    /// <summary>Copies the window of <paramref name="live"/> planes from <paramref name="planes"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float* Copy(float* planes, int live, Volume source, in Window window, float outside)
    {
        var pixels = Scratch.Current.Take<float>(Slot.Window, Channels * (Pixels(window) + Block));
        var to = pixels;
        var ahead = RowsAhead * (nint)source.Width;
        for (var y = window.Y; y <= window.Y + window.Rows; y++, to += Channels * (nint)window.Columns)
        {
            var width = (uint)y < (uint)source.Height ? source.Width : 0;
            var row = planes + ((nint)y * source.Width);
            for (var x = 0; x < window.Columns; x += Block)
            {
                var inside = Simd.WideInside(window.X + x, width);
                var from = row + (window.X + x);
                var a = Read(from, inside, outside);
                var b = live > 1 ? Read(from + source.Length, inside, outside) : Vector512<float>.Zero;
                var c = live > 2 ? Read(from + (2 * (nint)source.Length), inside, outside) : Vector512<float>.Zero;
                var d = live > 3 ? Read(from + (3 * (nint)source.Length), inside, outside) : Vector512<float>.Zero;
                for (var channel = 0; channel < live; channel++)
                    Simd.Prefetch(from + ahead + (channel * (nint)source.Length));
                Simd.TransposeQuarters(ref a, ref b, ref c, ref d);
                var at = to + (Channels * x);
                a.Store(at);
                b.Store(at + 16);
                c.Store(at + 32);
                d.Store(at + 48);
            }
        }

        return pixels;
    }

    /// <summary>Empty sums of the window.</summary>
    public static float* Sums(in Window window)
    {
        var length = OddSums(window) + (Channels * (Pixels(window) + Block));
        var sums = Scratch.Current.Take<float>(Slot.Accumulators, length);
        new Span<float>(sums, length).Clear();
        return sums;
    }

    /// <summary>Adds the sums to <paramref name="live"/> gradient planes from <paramref name="planes"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(float* planes, int live, Volume source, in Window window, float* sums)
    {
        var odd = OddSums(window);
        var ahead = RowsAhead * (nint)source.Width;
        var (firstRow, rows) = Window.Inside(window.Y, window.Rows + 1, source.Height);
        for (var y = firstRow; y < firstRow + rows; y++)
        {
            var from = sums + (Channels * ((nint)(y - window.Y) * window.Columns));
            var row = planes + ((nint)y * source.Width) + window.X;
            for (var x = 0; x < window.Columns; x += Block, from += Channels * Block)
            {
                for (var channel = 0; channel < live; channel++)
                    Simd.Prefetch(row + x + ahead + (channel * (nint)source.Length));
                var (a, b) = (Both(from, odd), Both(from + 16, odd));
                var (c, d) = (Both(from + 32, odd), Both(from + 48, odd));
                Simd.TransposeQuarters(ref a, ref b, ref c, ref d);
                var inside = Simd.WideInside(window.X + x, source.Width) & Simd.WideInside(x, window.Columns);
                Add(row + x, a, inside);
                if (live > 1)
                    Add(row + x + source.Length, b, inside);
                if (live > 2)
                    Add(row + x + (2 * (nint)source.Length), c, inside);
                if (live > 3)
                    Add(row + x + (3 * (nint)source.Length), d, inside);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Read(float* values, Vector512<float> inside, float outside) =>
        Simd.Crosswise(Avx512F.MaskLoad(values, inside, Vector512.Create(outside)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Both(float* sums, int odd) => Vector512.Load(sums) + Vector512.Load(sums + odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* to, Vector512<float> sums, Vector512<float> inside) => Avx512F.MaskStore(
        to, inside, Avx512F.MaskLoad(to, inside, Vector512<float>.Zero) + Simd.Crosswise(sums));

    private static int Pixels(in Window window) => window.Columns * (window.Rows + 1);
}
