using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary><see cref="ChannelCells"/> of 16 channels, where vectors are long enough (<see cref="Simd.IsWide"/>).</summary>
/// <remarks>
/// The place of the next 16 channels is fetched while a block is copied or added, as there, or by <see cref="PlanesAhead"/>.
/// </remarks>
internal static unsafe class WideCells
{
    /// <summary>How many channels go together.</summary>
    public const int Channels = 16;

    private const int Block = 16;

    /// <summary>Copies the window of 16 planes from <paramref name="planes"/> on; asks for the same of the next 16 if nobody else does.</summary>
    /// <remarks>
    /// Blocks begin at the first pixel, not at the frame before it: a row of a plane that begins with a line is read line by line, and a
    /// frame costs a store a pixel. What the last block writes beyond the row is written again.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float* Copy(float* planes, Volume source, in Window window, float outside, bool fetches)
    {
        var (columns, stride) = (window.Columns, (nint)source.Length);
        var cells = Scratch.Current.Take<float>(Slot.Window, Channels * (Pixels(window) + Block));
        var to = cells;
        var frame = Vector512.Create(outside);
        var (first, inside) = Window.Inside(window.X, columns, source.Width);
        for (var y = window.Y; y <= window.Y + window.Rows; y++, to += Channels * (nint)columns)
        {
            var (before, count) = (uint)y < (uint)source.Height ? (first - window.X, inside) : (columns, 0);
            Fill(frame, to, before);
            var from = planes + ((nint)y * source.Width) + first;
            var at = to + (Channels * before);
            for (var x = 0; x < count; x += Block)
            {
                Simd.WideTranspose(from + x, stride, Simd.WideInside(0, count - x), frame, at + (Channels * x), Channels, Channels);
                if (fetches)
                    PrefetchRows(from + x + (Channels * stride), stride);
            }

            Fill(frame, at + (Channels * count), columns - before - count);
        }

        return cells;
    }

    /// <summary>Empty accumulators, one vector a pixel of the window.</summary>
    public static float* Accumulators(in Window window)
    {
        var length = Channels * (Pixels(window) + 16);
        var accumulators = Scratch.Current.Take<float>(Slot.Accumulators, length);
        new Span<float>(accumulators, length).Clear();
        return accumulators;
    }

    /// <summary>Adds the accumulators to 16 gradient planes from <paramref name="planes"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(float* planes, Volume source, in Window window, float* accumulators)
    {
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        var (firstRow, rows) = Window.Inside(window.Y, window.Rows + 1, source.Height);
        var block = Scratch.Current.Take<float>(Slot.Weights, Simd.WideBlock);
        var all = Vector512<float>.AllBitsSet;
        for (var y = firstRow; y < firstRow + rows; y++)
        {
            var from = accumulators + ((nint)Channels * (((y - window.Y) * window.Columns) + first - window.X));
            var to = planes + ((nint)y * source.Width) + first;
            for (var x = 0; x < count; x += 16)
            {
                Simd.WideTranspose(from + (Channels * x), Channels, all, Vector512<float>.Zero, block, 16, 16);
                PrefetchRows(to + x + (Channels * (nint)source.Length), source.Length);
                for (var channel = 0; channel < Channels; channel++)
                {
                    var at = to + x + (channel * (nint)source.Length);
                    Simd.WideStoreFirst(Simd.WideLoadFirst(at, count - x) + Vector512.Load(block + (16 * channel)), at, count - x);
                }
            }
        }
    }

    /// <summary>Asks for the same place in 16 rows, not for the first-level cache, which may have no place for so many; an address that does not exist is ignored by the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchRows(float* rows, nint stride)
    {
        for (var row = 0; row < Channels; row++)
            Sse.Prefetch1(rows + (row * stride));
    }

    private static void Fill(Vector512<float> value, float* to, int pixels)
    {
        for (var i = 0; i < pixels; i++)
            value.Store(to + (Channels * i));
    }

    private static int Pixels(in Window window) => window.Columns * (window.Rows + 1);
}
