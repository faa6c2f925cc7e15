namespace Stn.Kernels.Points;

/// <summary>One axis of an image in both spaces. All positions are taken from its middle, where both conventions agree:
/// pixel = <see cref="Middle"/> + <see cref="PixelsPerUnit"/>·normalised.</summary>
/// <remarks>
/// Counting from the middle also keeps rounding errors small and puts the identity exactly on the pixels: both factors are
/// then powers of two apart from the size itself, and the size cancels before anything is rounded to float.
/// </remarks>
internal readonly struct Axis(int size, AlignCorners align)
{
    /// <summary>The middle of the axis, in pixels: normalised 0.</summary>
    public double Middle { get; } = (size - 1) / 2.0;

    /// <summary>How many pixels a step of 1 in normalised coordinates is.</summary>
    public double PixelsPerUnit { get; } = (align == AlignCorners.True ? size - 1 : size) / 2.0;

    /// <summary>The normalised distance of two neighbours of the regular grid; 0 on an axis of one pixel, as in PyTorch.</summary>
    public double UnitsPerPixel { get; } = size == 1 ? 0 : 2.0 / (align == AlignCorners.True ? size - 1 : size);

    /// <summary>The normalised coordinate of pixel <paramref name="index"/>.</summary>
    public double Normalised(int index) => UnitsPerPixel * (index - Middle);
}
