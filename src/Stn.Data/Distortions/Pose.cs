using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// How an image lies in a canvas: a similarity transformation about its centre, in pixels.
/// </summary>
/// <remarks>
/// With y downwards, a point of the image at (x, y) from the image's centre lies in the canvas at
/// (OffsetX, OffsetY) + Scale·(x·cos a + y·sin a, −x·sin a + y·cos a) from the canvas's centre.
/// </remarks>
/// <param name="AngleDegrees">a: how far the image is turned, counter-clockwise as seen.</param>
/// <param name="Scale">Its size in the canvas over its own size.</param>
/// <param name="OffsetX">How far its centre lies to the right of the canvas's centre, in canvas pixels.</param>
/// <param name="OffsetY">How far its centre lies below the canvas's centre, in canvas pixels.</param>
public readonly record struct Pose(double AngleDegrees, double Scale, double OffsetX, double OffsetY)
{
    /// <summary>
    /// θ of equation (1) that draws the image in the canvas: 2×3 numbers, row by row, from target (the canvas) to source
    /// (the image), both normalised with <see cref="AlignCorners.False"/>, x before y.
    /// </summary>
    /// <param name="image">The size of the image.</param>
    /// <param name="canvas">The size of the canvas.</param>
    /// <param name="theta">Six numbers, written in full.</param>
    public void CanvasToImage(Plane image, Plane canvas, Span<double> theta)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, 6);
        var (sin, cos) = ExactMath.SinCos(AngleDegrees * (Math.PI / 180));
        (sin, cos) = (sin / Scale, cos / Scale);
        theta[0] = cos * canvas.Width / image.Width;
        theta[1] = -sin * canvas.Height / image.Width;
        theta[2] = ((sin * OffsetY) - (cos * OffsetX)) * 2 / image.Width;
        theta[3] = sin * canvas.Width / image.Height;
        theta[4] = cos * canvas.Height / image.Height;
        theta[5] = -((sin * OffsetX) + (cos * OffsetY)) * 2 / image.Height;
    }
}
