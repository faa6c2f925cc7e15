using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// A window's copy of 8 channels, the channels of a pixel side by side: pixel (x, y) is one vector, lane i channel i. A tap
/// is then one 256-bit load, and the gradient of a pixel one 256-bit add.
/// </summary>
/// <remarks>
/// Planes are small and many where channels are many, and the time goes into waiting for them; so while a block of channels
/// is copied, the same place of the next block is fetched (the next image follows the last block). A fetch beyond the end of
/// memory does nothing.
/// </remarks>
internal static unsafe class ChannelCells
{
    /// <summary>How many channels go together.</summary>
    public const int Channels = 8;

    private const int Block = Channels * 8;

    /// <summary>Copies the window of 8 planes from <paramref name="planes"/> on.</summary>
    public static float* Copy(float* planes, Volume source, in Window window, float outside)
    {
        var (columns, stride) = (window.Columns, source.Length);
        var cells = Scratch.Current.Take<float>(Slot.Window, Channels * Pixels(window));
        var (first, count) = Window.Inside(window.X, columns, source.Width);
        var before = first - window.X;
        for (var row = 0; row <= window.Rows; row++)
        {
            var y = window.Y + row;
            var to = cells + ((nint)Channels * row * columns);
            var inside = (uint)y < (uint)source.Height ? count : 0;
            Simd.FillFew(to, Channels * before, outside);
            CopyRow(planes + ((nint)y * source.Width) + first, stride, inside, to + (Channels * before));
            new Span<float>(to + (Channels * (before + inside)), Channels * (columns - before - inside)).Fill(outside);
        }

        return cells;
    }

    /// <summary>Empty accumulators, one vector a pixel of the window.</summary>
    public static float* Accumulators(in Window window)
    {
        var length = Channels * Pixels(window);
        var accumulators = Scratch.Current.Take<float>(Slot.Accumulators, length + Block);
        new Span<float>(accumulators, length).Clear();
        return accumulators;
    }

    /// <summary>Adds the accumulators to 8 gradient planes from <paramref name="planes"/> on.</summary>
    public static void AddTo(float* planes, Volume source, in Window window, float* accumulators)
    {
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        for (var row = 0; row <= window.Rows; row++)
        {
            var y = window.Y + row;
            if ((uint)y >= (uint)source.Height)
                continue;
            var from = accumulators + ((nint)Channels * ((row * window.Columns) + first - window.X));
            AddRow(from, count, planes + ((nint)y * source.Width) + first, source.Length);
        }
    }

    // Whole blocks of 8 pixels, the last one over again if it is not whole; narrow rows pixel by pixel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRow(float* from, int stride, int count, float* to)
    {
        for (var x = 0; count < 8 && x < count; x++)
        {
            for (var channel = 0; channel < Channels; channel++)
                to[(Channels * x) + channel] = from[((nint)channel * stride) + x];
        }

        for (var next = 0; count >= 8 && next < count; next += 8)
        {
            var x = Math.Min(next, count - 8);
            Simd.Transpose(from + x, stride, to + (Channels * x), Channels);
            Simd.Prefetch8(from + x + ((nint)Channels * stride), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(float* from, int count, float* to, int stride)
    {
        var block = Scratch.Current.Take<float>(Slot.Weights, Block);
        for (var x = 0; x < count; x += 8)
        {
            Simd.Transpose(from + (Channels * x), Channels, block, 8);
            Simd.Prefetch8(to + x + ((nint)Channels * stride), stride);
            for (var channel = 0; channel < Channels; channel++)
            {
                var at = to + ((nint)channel * stride) + x;
                var sum = Simd.LoadFirst(at, count - x) + Vector256.Load(block + (8 * channel));
                Simd.StoreFirst(sum, at, count - x);
            }
        }
    }

    private static int Pixels(in Window window) => window.Columns * (window.Rows + 1);
}
