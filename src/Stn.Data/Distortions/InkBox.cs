using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The smallest box of pixels that holds all ink: outside of it, and one pixel more, every sample is 0.</summary>
internal readonly record struct InkBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>True where the image has no ink.</summary>
    public bool IsEmpty => Right < Left;

    /// <summary>The box of an image; both ends inclusive.</summary>
    public static InkBox Of(ReadOnlySpan<byte> image, Plane plane)
    {
        var (left, right, top, bottom) = (plane.Width, -1, -1, -1);
        for (var row = 0; row < plane.Height; row++)
        {
            var line = image.Slice(row * plane.Width, plane.Width);
            var first = line.IndexOfAnyExcept((byte)0);
            if (first < 0)
                continue;

            (left, right) = (Math.Min(left, first), Math.Max(right, line.LastIndexOfAnyExcept((byte)0)));
            (top, bottom) = (top < 0 ? row : top, row);
        }

        return new InkBox(left, top, right, bottom);
    }
}
