using System.Runtime.InteropServices;

namespace Stn.Kernels.Tests.Support;

/// <summary>
/// Memory that ends, or begins, at a page that may not be touched: a read or a write one byte beyond ends the process. The
/// other side is guarded by a pattern.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int Page = 4096;
    private const byte Pattern = 0xA5;
    private readonly byte* memory;
    private readonly int pages;

    private GuardedBuffer(int length, bool atEnd)
    {
        Length = length;
        pages = ((length * sizeof(float)) / Page) + 1;
        memory = (byte*)Map(null, (nuint)((pages + 2) * Page), 3, 0x22, -1, 0);
        if (memory == (byte*)-1)
            throw new InvalidOperationException("mmap failed.");
        new Span<byte>(memory, (pages + 2) * Page).Fill(Pattern);
        _ = Protect(memory, Page, 0);
        _ = Protect(memory + ((pages + 1) * Page), Page, 0);
        Start = (float*)(atEnd ? memory + ((pages + 1) * Page) - (length * sizeof(float)) : memory + Page);
    }

    public int Length { get; }

    public float* Start { get; }

    public Span<float> Span => new(Start, Length);

    public static GuardedBuffer Of(float[] values, bool atEnd)
    {
        var buffer = new GuardedBuffer(values.Length, atEnd);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    /// <summary>Whether nothing was written between the buffer and the guard pages.</summary>
    public bool IsIntact()
    {
        var first = (byte*)Start;
        var last = (byte*)(Start + Length);
        return !new Span<byte>(memory + Page, (int)(first - memory) - Page).ContainsAnyExcept(Pattern)
            && !new Span<byte>(last, (int)(memory + ((pages + 1) * Page) - last)).ContainsAnyExcept(Pattern);
    }

    public void Dispose() => _ = Unmap(memory, (nuint)((pages + 2) * Page));

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
