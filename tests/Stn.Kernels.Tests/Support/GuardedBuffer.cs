using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stn.Kernels.Tests.Support;

/// <summary>
/// Memory between two pages that may not be touched: a piece of it ends, or begins, at one of them, so that a read or a write
/// one byte beyond ends the process. On the other side lies a pattern, NaN to whoever reads it.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int Page = 4096;
    private const int Capacity = 1024 * Page;
    private const byte Pattern = 0xFF;
    private readonly byte* memory;
    private int first = Page;
    private int last = Page;

    public GuardedBuffer()
    {
        memory = (byte*)Map(null, Capacity + (2 * Page), 3, 0x22, -1, 0);
        if (memory == (byte*)-1)
            throw new InvalidOperationException("mmap failed.");
        new Span<byte>(memory + Page, Capacity).Fill(Pattern);
        if (Protect(memory, Page, 0) != 0 || Protect(memory + Page + Capacity, Page, 0) != 0)
            throw new InvalidOperationException("mprotect failed.");
    }

    /// <summary>A piece for <paramref name="length"/> values, all NaN; the piece before it is given up.</summary>
    public Span<T> Take<T>(int length, bool atEnd)
        where T : unmanaged
    {
        new Span<byte>(memory + first, last - first).Fill(Pattern);
        var bytes = length * Unsafe.SizeOf<T>();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Capacity);
        first = atEnd ? Page + Capacity - bytes : Page;
        last = first + bytes;
        return new Span<T>(memory + first, length);
    }

    /// <summary>A piece with a copy of <paramref name="values"/>.</summary>
    public Span<T> Take<T>(T[] values, bool atEnd)
        where T : unmanaged
    {
        var piece = Take<T>(values.Length, atEnd);
        values.CopyTo(piece);
        return piece;
    }

    /// <summary>Whether a page of pattern on either side of the piece, up to the guard, is as it was.</summary>
    public bool IsIntact()
    {
        var (before, after) = (Math.Min(Page, first - Page), Math.Min(Page, Page + Capacity - last));
        return !new Span<byte>(memory + first - before, before).ContainsAnyExcept(Pattern)
            && !new Span<byte>(memory + last, after).ContainsAnyExcept(Pattern);
    }

    public void Dispose() => _ = Unmap(memory, Capacity + (2 * Page));

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
