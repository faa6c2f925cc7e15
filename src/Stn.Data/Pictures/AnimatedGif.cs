using Stn.Data.Pictures.Interop;

namespace Stn.Data.Pictures;

/// <summary>Moving pictures as GIF files.</summary>
public static class AnimatedGif
{
    /// <summary>Frames of one size, shown one after the other.</summary>
    /// <remarks>A frame of at most 256 colours keeps them exactly; of others the nearest 256 are taken. Alpha is left out.</remarks>
    /// <param name="frames">At least one.</param>
    /// <param name="delay">How long each frame stays, in steps of 10 ms.</param>
    /// <param name="last">How long the last one stays instead.</param>
    /// <param name="loop">Begin again after the last frame, for ever; else stop there.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">There is no frame, the frames differ in size, or a delay is out of range.</exception>
    public static byte[] Encode(IReadOnlyList<Picture> frames, TimeSpan delay, TimeSpan? last = null, bool loop = true)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
            throw new ArgumentException("an animation needs at least one frame", nameof(frames));

        var (each, final) = (Hundredths(delay, nameof(delay)), Hundredths(last ?? delay, nameof(last)));

        using var file = new MemoryStream();
        for (var i = 0; i < frames.Count; i++)
        {
            if ((frames[i].Height, frames[i].Width) != (frames[0].Height, frames[0].Width))
                throw new ArgumentException(
                    $"frame {i} is {frames[i].Height}×{frames[i].Width}, the first {frames[0].Height}×{frames[0].Width}", nameof(frames));

            using var image = PaletteImage.From(frames[i]);
            if (i == 0)
                Append(file, Gd.GifBegin(image, out var begun, globalPalette: 0, loops: loop ? 0 : -1), begun);
            Append(file, Gd.GifAdd(image, out var added, localPalette: 1, 0, 0, i < frames.Count - 1 ? each : final, disposal: 1, previous: 0), added);
        }

        Append(file, Gd.GifEnd(out var ended), ended);
        return file.ToArray();
    }

    private static int Hundredths(TimeSpan delay, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromMilliseconds(10 * ushort.MaxValue), name);
        return (int)Math.Round(delay.TotalMilliseconds / 10);
    }

    private static void Append(MemoryStream file, GdBuffer buffer, int size)
    {
        using (buffer)
            file.Write(buffer.Bytes(size));
    }
}
