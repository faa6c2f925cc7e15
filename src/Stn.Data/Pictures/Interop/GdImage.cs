using Microsoft.Win32.SafeHandles;

namespace Stn.Data.Pictures.Interop;

/// <summary>An image inside libgd.</summary>
internal sealed class GdImage : SafeHandleZeroOrMinusOneIsInvalid
{
    public GdImage()
        : base(ownsHandle: true)
    {
    }

    internal static GdImage Create(int height, int width)
    {
        Gd.Require();
        var image = Gd.CreateTrueColour(width, height);
        return image.IsInvalid ? throw new InvalidOperationException($"libgd has no room for {width}×{height} pixels") : image;
    }

    internal static GdImage From(Picture picture)
    {
        var image = Create(picture.Height, picture.Width);
        Gd.MixAlpha(image, 0);   // alpha is stored as it is
        image.Write(picture.Height, picture.Width, (row, column) =>
        {
            var pixel = picture.At(row, column);
            return new Colour(pixel[0], pixel[1], pixel[2], pixel.Length == 4 ? pixel[3] : (byte)255).Packed;
        });
        return image;
    }

    /// <summary>Sets every pixel: a packed colour, or an index of the palette.</summary>
    internal void Write(int height, int width, Func<int, int, int> colour)
    {
        using var held = new Held(this);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
                Gd.SetPixel(handle, column, row, colour(row, column));
        }
    }

    internal Picture ToPicture(int height, int width, int channels)
    {
        var picture = new Picture(height, width, channels);
        using var held = new Held(this);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
                Unpack(Gd.GetPixel(handle, column, row), picture.At(row, column));
        }

        return picture;
    }

    private static void Unpack(int packed, Span<byte> pixel)
    {
        pixel[0] = (byte)(packed >> 16);
        pixel[1] = (byte)(packed >> 8);
        pixel[2] = (byte)packed;
        if (pixel.Length == 4)
            pixel[3] = Colour.AlphaOf(packed);
    }

    protected override bool ReleaseHandle()
    {
        Gd.Destroy(handle);
        return true;
    }

    /// <summary>Keeps the image alive while its pointer is used bare.</summary>
    private readonly ref struct Held
    {
        private readonly GdImage image;

        internal Held(GdImage image)
        {
            this.image = image;
            var added = false;
            image.DangerousAddRef(ref added);   // throws where the image is disposed
        }

        public void Dispose() => image.DangerousRelease();
    }
}

/// <summary>Memory that libgd handed over.</summary>
internal sealed class GdBuffer : SafeHandleZeroOrMinusOneIsInvalid
{
    public GdBuffer()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The bytes, valid until this is disposed.</summary>
    internal unsafe ReadOnlySpan<byte> Bytes(int size) =>
        IsInvalid ? throw new InvalidOperationException("libgd could not encode a picture") : new ReadOnlySpan<byte>((void*)handle, size);

    protected override bool ReleaseHandle()
    {
        Gd.Free(handle);
        return true;
    }
}
