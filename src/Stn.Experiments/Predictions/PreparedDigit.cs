using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Samplers;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Predictions;

/// <summary>What a picture's ink is like.</summary>
public enum Ink
{
    /// <summary>Dark where the picture's edge is light, light where it is dark.</summary>
    Auto,

    /// <summary>Light ink on dark paper, as in MNIST.</summary>
    Light,

    /// <summary>Dark ink on light paper.</summary>
    Dark,
}

/// <summary>A picture as a digit network reads it: grey, light ink on black, in the size of its images.</summary>
/// <param name="Values">(H, W) numbers, 0 to 1.</param>
/// <param name="Size">H and W.</param>
/// <param name="Preparation">What was done to the picture, in words.</param>
public sealed record PreparedDigit(float[] Values, Plane Size, string Preparation)
{
    // A digit's own frame in MNIST: larger canvases hold it somewhere.
    private const int DigitSide = 28;

    /// <summary>
    /// Prepares a picture. One of the network's own size is read pixel by pixel; any other is scaled as a whole to fit the frame of a
    /// digit, 28×28 at most, and put in the middle.
    /// </summary>
    /// <param name="picture">Any picture; what is transparent counts as white paper.</param>
    /// <param name="canvas">The size of the network's images.</param>
    /// <param name="ink">What its ink is like.</param>
    public static PreparedDigit Of(Picture picture, Plane canvas, Ink ink = Ink.Auto)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var grey = OnWhite(picture);
        var isDark = ink == Ink.Dark || (ink == Ink.Auto && EdgeMean(grey, picture.Height, picture.Width) > 0.5);
        if (isDark)
            grey = [.. grey.Select(value => 1 - value)];
        var read = isDark ? "dark ink, inverted" : "light ink";
        if ((picture.Height, picture.Width) == (canvas.Height, canvas.Width))
            return new PreparedDigit(grey, canvas, $"{read}; as it is");

        var size = Fitted(picture, canvas);
        var small = new PictureWarp(new FamilyMember(new IdentityTransformation()), size)
        {
            Sampler = padding => new AntiAliasedSampler(padding),
            Padding = PicturePadding.Parse("border"),
        }.Apply(Picture.FromGrey(grey, picture.Height, picture.Width)).ToGrey();
        return new PreparedDigit(
            Centred(small, size, canvas), canvas,
            $"{read}; {picture.Width}x{picture.Height} scaled to {size.Width}x{size.Height} in the middle of {canvas.Width}x{canvas.Height}");
    }

    private static float[] OnWhite(Picture picture)
    {
        var grey = picture.ToGrey();
        for (var i = 0; picture.Channels == 4 && i < grey.Length; i++)
        {
            var alpha = picture.Pixels[(4 * i) + 3] / 255f;
            grey[i] = (grey[i] * alpha) + 1 - alpha;
        }

        return grey;
    }

    private static double EdgeMean(float[] grey, int height, int width)
    {
        var edge = Enumerable.Range(0, grey.Length).Where(i => i / width == 0 || i / width == height - 1 || i % width == 0 || i % width == width - 1);
        return edge.Average(i => grey[i]);
    }

    private static Plane Fitted(Picture picture, Plane canvas)
    {
        var scale = Math.Min(
            Math.Min(canvas.Height, DigitSide) / (double)picture.Height, Math.Min(canvas.Width, DigitSide) / (double)picture.Width);
        return new Plane(Math.Max(1, (int)Math.Round(picture.Height * scale)), Math.Max(1, (int)Math.Round(picture.Width * scale)));
    }

    private static float[] Centred(float[] image, Plane size, Plane canvas)
    {
        var values = new float[canvas.Length];
        var (top, left) = ((canvas.Height - size.Height) / 2, (canvas.Width - size.Width) / 2);
        for (var row = 0; row < size.Height; row++)
            image.AsSpan(row * size.Width, size.Width).CopyTo(values.AsSpan(((top + row) * canvas.Width) + left));
        return values;
    }
}
