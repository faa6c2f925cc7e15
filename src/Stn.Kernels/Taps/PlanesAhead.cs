using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The planes of U that are read next, asked for some lines at a time while the points of those before are computed: what is asked for while
/// planes are copied comes no sooner than the copy itself would have it.
/// </summary>
/// <remarks>For windows and tiles that are whole planes, which then lie in one piece; for all others there is nothing to ask for here.</remarks>
internal unsafe struct PlanesAhead
{
    private const int Line = 16;

    private float* next;
    private readonly int lines;

    private PlanesAhead(float* next, int lines)
    {
        this.next = next;
        this.lines = lines;
    }

    /// <summary>Whether the tile is a whole plane of V and its window one of U.</summary>
    public static bool AreWhole<T>(in Work<T> work, in Tile tile, in Window window)
        where T : unmanaged =>
        tile.Rows * tile.Columns == work.TargetLength && window.Columns > work.Source.Width && window.Rows > work.Source.Height;

    /// <summary>Those from <paramref name="channel"/> on, as many as go together; they belong to the next image where there are no more.</summary>
    /// <param name="work">The planes.</param>
    /// <param name="channel">The first of them.</param>
    /// <param name="count">How many go together.</param>
    /// <param name="block">The points of V between two calls of <see cref="Fetch"/>.</param>
    public static PlanesAhead Of(in Work<float> work, int channel, int count, int block)
    {
        var blocks = (work.TargetLength + block - 1) / block;
        return new(work.ImagePlane(channel), (int)(((long)count * work.SourceLength / Line) + blocks - 1) / blocks);
    }

    /// <summary>Asks for the next lines, not for the first-level cache; an address that does not exist is ignored by the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch()
    {
        for (var line = 0; line < lines; line++, next += Line)
            Sse.Prefetch1(next);
    }
}
