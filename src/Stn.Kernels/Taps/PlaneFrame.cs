using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// A copy of a small plane with what lies outside around it: two pixels before and three behind, along each axis. Positions are clamped to
/// [−2, size + 1], where all taps lie outside, so no tap needs a test.
/// </summary>
internal readonly unsafe struct PlaneFrame
{
    private const int Width = 2;
    private const int MostValues = 1 << 14; // 64 KB
    private const int Lanes = 16;

    private PlaneFrame(float* origin, int pitch, Volume source)
    {
        Origin = origin;
        Pitch = pitch;
        (Least, LastX, LastY) = (Vector512.Create((float)-Width), Vector512.Create(source.Width + 1f), Vector512.Create(source.Height + 1f));
    }

    /// <summary>Where pixel (0, 0) lies.</summary>
    public float* Origin { get; }

    /// <summary>The distance of rows.</summary>
    public int Pitch { get; }

    /// <summary>The first position on both axes whose taps are copied.</summary>
    public Vector512<float> Least { get; }

    /// <summary>The last column.</summary>
    public Vector512<float> LastX { get; }

    /// <summary>The last row.</summary>
    public Vector512<float> LastY { get; }

    /// <summary>Whether a plane is small enough.</summary>
    public static bool Fits(Volume source) => (long)Rows(source) * PitchOf(source) <= MostValues;

    /// <summary>Copies a plane.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="source">Its size.</param>
    /// <param name="outside">What lies around it.</param>
    /// <param name="rowsRead">How many rows from that of a position on are read; those behind the frame hold whatever they held.</param>
    public static PlaneFrame Copy(float* plane, Volume source, float outside, int rowsRead)
    {
        var (pitch, blank) = (PitchOf(source), Vector512.Create(outside));
        var values = Scratch.Current.Take<float>(Slot.Window, ((Rows(source) + rowsRead) * pitch) + (2 * Lanes));
        var origin = values + (Width * pitch) + Lanes;
        Fill(values, Width * pitch, blank);
        var to = origin;
        for (var y = 0; y < source.Height; y++, to += pitch, plane += source.Width)
        {
            blank.Store(to - Lanes);
            CopyRow(plane, source.Width, to, blank);
        }

        Fill(to - Lanes, (Width + 1) * pitch, blank);
        return new PlaneFrame(origin, pitch, source);
    }

    private static void Fill(float* to, int count, Vector512<float> value)
    {
        for (var i = 0; i < count; i += Lanes)
            value.Store(to + i);
    }

    private static void CopyRow(float* from, int count, float* to, Vector512<float> blank)
    {
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
            Vector512.Load(from + i).Store(to + i);
        var end = (count + Width + Lanes) / Lanes * Lanes;
        for (; i < end; i += Lanes)
            Vector512.ConditionalSelect(Simd.WideInside(i, count), Simd.WideLoadFirst(from + i, Math.Max(0, count - i)), blank).Store(to + i);
    }

    private static int PitchOf(Volume source) => Lanes + ((source.Width + Width + Lanes) / Lanes * Lanes);

    private static int Rows(Volume source) => source.Height + (2 * Width) + 1;
}
