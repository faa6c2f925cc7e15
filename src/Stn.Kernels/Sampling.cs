namespace Stn.Kernels;

/// <summary>The sampling kernels k of the paper's equation (3) that have a fast form.</summary>
public enum Interpolation
{
    /// <summary>The linear kernel max(0, 1 − |x|) along each axis: bilinear in images (equation 5), trilinear in volumes.</summary>
    Linear = 0,

    /// <summary>The nearest pixel (equation 4). It has a gradient to U alone.</summary>
    Nearest = 1,

    /// <summary>Keys' cubic convolution over 4×4 pixels, with the slope A.</summary>
    Cubic = 2,

    /// <summary>
    /// The triangle max(0, 1 − |x|/s) as wide as the transformation's local scale s, in images: bilinear where V is as fine as U,
    /// a weighted mean of all pixels between neighbours of V where it is coarser.
    /// </summary>
    AntiAliased = 3,
}

/// <summary>Which pixel the nearest sampler takes halfway between two.</summary>
public enum TieRule
{
    /// <summary>The even one: PyTorch's and ONNX's rule.</summary>
    HalfToEven = 0,

    /// <summary>The upper one, ⌊x + 0.5⌋: the rule of the paper's equation (4).</summary>
    HalfUp = 1,
}

/// <summary>How a value is read between pixels: the kernel, its parameters and the padding.</summary>
/// <param name="Interpolation">The kernel.</param>
/// <param name="Padding">What lies outside the image.</param>
/// <param name="Ties">The rule of <see cref="Interpolation.Nearest"/>.</param>
/// <param name="CubicSlope">A of <see cref="Interpolation.Cubic"/>: −0.75 as in PyTorch, or any other, such as −0.5.</param>
public readonly record struct Sampling(
    Interpolation Interpolation, Padding Padding, TieRule Ties = TieRule.HalfToEven, double CubicSlope = Sampling.DefaultCubicSlope)
{
    /// <summary>PyTorch's A of the cubic kernel.</summary>
    public const double DefaultCubicSlope = -0.75;

    /// <summary>The linear kernel: bilinear in images, trilinear in volumes.</summary>
    public static Sampling Linear(Padding padding = default) => new(Interpolation.Linear, padding);

    /// <summary>The nearest pixel.</summary>
    public static Sampling Nearest(Padding padding = default, TieRule ties = TieRule.HalfToEven) =>
        new(Interpolation.Nearest, padding, ties);

    /// <summary>The cubic kernel with slope <paramref name="slope"/>.</summary>
    public static Sampling Cubic(Padding padding = default, double slope = DefaultCubicSlope) =>
        new(Interpolation.Cubic, padding, CubicSlope: slope);

    /// <summary>The triangle as wide as the local scale.</summary>
    /// <param name="padding">
    /// Border by default, libtorch's rule for images that shrink: a wide kernel reaches over the frame of U from well inside, and
    /// with zeros would darken it.
    /// </param>
    public static Sampling AntiAliased(Padding? padding = null) => new(Interpolation.AntiAliased, padding ?? Padding.Border);
}
