using Stn.Kernels;

namespace Stn.Transformations;

/// <summary>
/// What happens to the content of a picture, in the terms of an image editor: it is scaled, then sheared, then turned, each about
/// the middle of the picture, and at last moved.
/// </summary>
/// <remarks>
/// <para>θ says the opposite, where the target reads the source: it is the inverse of this motion. A rotation here is one of
/// pixels: nothing is sheared on a picture that is not square, unlike with <see cref="RotationTransformation"/>.</para>
/// <para>Content moves by (x, y) → R·H·S·(x, y) + t, in target pixels from the middle, with S = diag(s_x, s_y), H = [1 h_x; h_y 1] and
/// R = [cos φ, sin φ; −sin φ, cos φ], which turns counter-clockwise as seen since y points down.</para>
/// </remarks>
/// <param name="Degrees">φ: positive turns the content counter-clockwise as seen.</param>
/// <param name="ScaleX">s_x: above 1 the content becomes wider, below 0 it is mirrored.</param>
/// <param name="ScaleY">s_y: the same for its height.</param>
/// <param name="ShearX">h_x: how far right the content moves for each pixel down.</param>
/// <param name="ShearY">h_y: how far down the content moves for each pixel to the right.</param>
/// <param name="X">t_x: pixels to the right.</param>
/// <param name="Y">t_y: pixels down.</param>
public sealed record PixelMotion(
    double Degrees = 0, double ScaleX = 1, double ScaleY = 1, double ShearX = 0, double ShearY = 0, double X = 0, double Y = 0)
{
    /// <summary>The motion as a transformation, <see cref="AffineTransformation"/> with six parameters.</summary>
    /// <param name="target">
    /// The size of V, whose pixels are the unit. A source of another size is fitted to it first, each axis by itself, as the identity does.
    /// </param>
    /// <param name="align">Where ±1 lies.</param>
    /// <exception cref="ArgumentException">The motion folds the content to a line or a point, so that nothing maps back.</exception>
    public FamilyMember Transformation(Plane target, AlignCorners align)
    {
        var (a, b, c, d) = Linear();
        var determinant = (a * d) - (b * c);
        if (!double.IsNormal(determinant))
            throw new ArgumentException($"scale ({ScaleX}, {ScaleY}) and shear ({ShearX}, {ShearY}) fold the picture to a line or a point: a scale must not be 0, nor the two shears multiply to 1");
        var (unitX, unitY) = (PixelMatrix.Unit(target.Width, align), PixelMatrix.Unit(target.Height, align));
        var (xx, xy, yx, yy) = (d / determinant, -b / determinant, -c / determinant, a / determinant);
        var (left, up) = (-((xx * X) + (xy * Y)), -((yx * X) + (yy * Y)));
        ReadOnlySpan<double> theta = [xx, xy * unitY / unitX, left / unitX, yx * unitX / unitY, yy, up / unitY];
        Span<double> unsigned = stackalloc double[theta.Length];
        for (var i = 0; i < theta.Length; i++)
            unsigned[i] = theta[i] + 0.0; // −0 is 0
        return new FamilyMember(new AffineTransformation(), unsigned);
    }

    // R·H·S, row by row.
    private (double A, double B, double C, double D) Linear()
    {
        var (sine, cosine) = double.SinCosPi(Degrees / 180); // exact at right angles
        return (
            (cosine + (sine * ShearY)) * ScaleX, ((cosine * ShearX) + sine) * ScaleY,
            ((cosine * ShearY) - sine) * ScaleX, (cosine - (sine * ShearX)) * ScaleY);
    }
}
