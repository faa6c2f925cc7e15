using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The smallest box of pixels that holds all ink: outside of it, and one pixel more, every sample is 0.</summary>
internal readonly record struct InkBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>True where the image has no ink.</summary>
    public bool IsEmpty => Right < Left;

    /// <summary>The box of an image; both ends inclusive.</summary>
    [SkipLocalsInit]
    public static InkBox Of(ReadOnlySpan<byte> image, Plane plane)
    {
        var first = image.IndexOfAnyExcept((byte)0);
        if (first < 0)
            return new InkBox(plane.Width, -1, -1, -1);

        var (top, bottom) = (first / plane.Width, image.LastIndexOfAnyExcept((byte)0) / plane.Width);
        Span<byte> columns = stackalloc byte[plane.Width];
        Join(image.Slice(top * plane.Width, (bottom + 1 - top) * plane.Width), columns);
        return new InkBox(columns.IndexOfAnyExcept((byte)0), top, columns.LastIndexOfAnyExcept((byte)0), bottom);
    }

    // All bits of a column; the last vector takes some columns a second time.
    private static void Join(ReadOnlySpan<byte> rows, Span<byte> columns)
    {
        var lanes = Vector128<byte>.Count;
        ref var from = ref MemoryMarshal.GetReference(rows);
        for (var done = 0; done < columns.Length && columns.Length >= lanes; done += lanes)
        {
            var column = Math.Min(done, columns.Length - lanes);
            var bits = Vector128<byte>.Zero;
            for (var at = column; at < rows.Length; at += columns.Length)
                bits |= Vector128.LoadUnsafe(ref from, (nuint)at);
            bits.CopyTo(columns[column..]);
        }

        if (columns.Length >= lanes)
            return;
        columns.Clear();
        for (var at = 0; at < rows.Length; at++)
            columns[at % columns.Length] |= rows[at];
    }
}
