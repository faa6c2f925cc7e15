using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stn.Data.Pictures.Interop;

/// <summary>The functions of libgd that Stn uses, under their own names without the prefix.</summary>
internal static unsafe partial class Gd
{
    private const string Library = "libgd.so.3";

    private static readonly Lazy<bool> Ready = new(Start);

    /// <summary>Loads libgd and silences it; every path to the library begins here.</summary>
    /// <exception cref="DllNotFoundException">libgd is not installed.</exception>
    internal static void Require() => _ = Ready.Value;

    [LibraryImport(Library, EntryPoint = "gdImageCreateTrueColor")]
    internal static partial GdImage CreateTrueColour(int width, int height);

    [LibraryImport(Library, EntryPoint = "gdImageCreate")]
    internal static partial GdImage CreatePalette(int width, int height);

    [LibraryImport(Library, EntryPoint = "gdImageColorAllocate")]
    internal static partial int AllocateColour(GdImage image, int red, int green, int blue);

    [LibraryImport(Library, EntryPoint = "gdImageCreateFromPngPtr")]
    internal static partial GdImage CreateFromPng(int size, ReadOnlySpan<byte> data);

    [LibraryImport(Library, EntryPoint = "gdImageCreateFromJpegPtr")]
    internal static partial GdImage CreateFromJpeg(int size, ReadOnlySpan<byte> data);

    [LibraryImport(Library, EntryPoint = "gdImageDestroy")]
    internal static partial void Destroy(nint image);

    [LibraryImport(Library, EntryPoint = "gdFree")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "gdImagePngPtr")]
    internal static partial GdBuffer ToPng(GdImage image, out int size);

    [LibraryImport(Library, EntryPoint = "gdImageJpegPtr")]
    internal static partial GdBuffer ToJpeg(GdImage image, out int size, int quality);

    [LibraryImport(Library, EntryPoint = "gdImageSaveAlpha")]
    internal static partial void SaveAlpha(GdImage image, int save);

    [LibraryImport(Library, EntryPoint = "gdImageAlphaBlending")]
    internal static partial void MixAlpha(GdImage image, int mix);

    [LibraryImport(Library, EntryPoint = "gdImageTrueColorToPalette")]
    internal static partial int TrueColourToPalette(GdImage image, int dither, int colours);

    [LibraryImport(Library, EntryPoint = "gdImageSetPixel")]
    internal static partial void SetPixel(GdImage image, int x, int y, int colour);

    // For loops over all pixels, which hold the handle for their duration: a call costs 3 ns instead of 30.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "gdImageSetPixel")]
    internal static partial void SetPixel(nint image, int x, int y, int colour);

    /// <summary>The packed colour, of palette images too; 0 outside.</summary>
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "gdImageGetTrueColorPixel")]
    internal static partial int GetPixel(nint image, int x, int y);

    /// <summary>Both corners are filled too.</summary>
    [LibraryImport(Library, EntryPoint = "gdImageFilledRectangle")]
    internal static partial void FillRectangle(GdImage image, int x1, int y1, int x2, int y2, int colour);

    [LibraryImport(Library, EntryPoint = "gdImageCopyResized")]
    internal static partial void CopyResized(
        GdImage target, GdImage source, int targetX, int targetY, int sourceX, int sourceY,
        int targetWidth, int targetHeight, int sourceWidth, int sourceHeight);

    /// <summary>Draws text with its baseline at (x, y); <paramref name="corners"/> gets 4 points. Returns null or an error text.</summary>
    [LibraryImport(Library, EntryPoint = "gdImageStringFT", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint DrawText(
        GdImage image, Span<int> corners, int colour, string font, double points, double angle, int x, int y, string text);

    /// <summary>The same without an image: measures only.</summary>
    [LibraryImport(Library, EntryPoint = "gdImageStringFT", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint MeasureText(
        nint none, Span<int> corners, int colour, string font, double points, double angle, int x, int y, string text);

    [LibraryImport(Library, EntryPoint = "gdImageGifAnimBeginPtr")]
    internal static partial GdBuffer GifBegin(GdImage image, out int size, int globalPalette, int loops);

    [LibraryImport(Library, EntryPoint = "gdImageGifAnimAddPtr")]
    internal static partial GdBuffer GifAdd(
        GdImage image, out int size, int localPalette, int left, int top, int hundredths, int disposal, nint previous);

    [LibraryImport(Library, EntryPoint = "gdImageGifAnimEndPtr")]
    internal static partial GdBuffer GifEnd(out int size);

    [LibraryImport(Library, EntryPoint = "gdSetErrorMethod")]
    private static partial void SetErrorMethod(delegate* unmanaged[Cdecl]<int, nint, nint, void> method);

    private static bool Start()
    {
        if (!NativeLibrary.TryLoad(Library, typeof(Gd).Assembly, null, out _))
            throw new DllNotFoundException($"{Library} is missing; install libgd (Debian: apt-get install libgd3)");

        SetErrorMethod(&Ignore);
        return true;
    }

    // Failures come back as null and become exceptions; libgd's own lines on standard error would only mix with ours.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(int priority, nint format, nint arguments)
    {
    }
}
