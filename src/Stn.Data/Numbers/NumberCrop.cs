using Stn.Data.Pictures;
using Stn.Kernels;

namespace Stn.Data.Numbers;

/// <summary>The square around a house number, as an image.</summary>
/// <remarks>
/// <b>Choice.</b> The paper says 64×64 around each number, and looser crops of 128×128 with more background; not how loose. Here the window
/// is a square about the middle of all boxes together, <see cref="Margin"/> times as wide as the larger side of that box: 1.3 for 64 pixels,
/// 2.6 for 128, so that digits are equally large in both. What lies beside the picture is black.
/// </remarks>
/// <param name="Size">H = W of the image.</param>
/// <param name="Margin">The window's side over that of the boxes.</param>
public sealed record NumberCrop(int Size, double Margin)
{
    /// <summary>64×64.</summary>
    public static NumberCrop Tight { get; } = new(64, 1.3);

    /// <summary>128×128.</summary>
    public static NumberCrop Loose { get; } = new(128, 2.6);

    /// <summary>The window's side and middle, in pixels from the picture's upper left corner.</summary>
    /// <exception cref="DataFormatException">The boxes have no size, or lie outside the picture.</exception>
    internal (double X, double Y, double Side) Window(HouseNumber number, int height, int width)
    {
        // MATLAB's pixels count from 1: the first one's left edge is at 1 there, at 0 here.
        var (left, top) = (number.Digits.Min(d => d.Left) - 1, number.Digits.Min(d => d.Top) - 1);
        var (right, bottom) = (number.Digits.Max(d => d.Left + d.Width) - 1, number.Digits.Max(d => d.Top + d.Height) - 1);
        if (!(right > left && bottom > top))
            throw new DataFormatException(FormattableString.Invariant($"{number.File}: a box of {right - left}×{bottom - top} pixels"));
        if (right <= 0 || bottom <= 0 || left >= width || top >= height)
            throw new DataFormatException(FormattableString.Invariant($"{number.File}: its boxes span x {left} to {right} and y {top} to {bottom}, outside the picture of {width}×{height}"));
        return ((left + right) / 2, (top + bottom) / 2, Margin * Math.Max(right - left, bottom - top));
    }

    /// <summary>Writes (3, Size, Size).</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="number">Its boxes.</param>
    /// <param name="shift">Moves the window, in its own sides.</param>
    /// <param name="values">Written in full.</param>
    internal void Write(Picture picture, HouseNumber number, (double X, double Y) shift, Span<float> values)
    {
        var (x, y, side) = Window(number, picture.Height, picture.Width);
        new PictureWindow(x + (shift.X * side), y + (shift.Y * side), side).Write(picture, Size, values, Padding.Zeros);
    }
}
