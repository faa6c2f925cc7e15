using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Samplers;

namespace Stn.Checks.Cases;

/// <summary>A sampler of the table, and its scalar form.</summary>
/// <param name="Name">Such as <c>bilinear-border</c>.</param>
/// <param name="Sampler">What is checked. What it learns belongs to its maker.</param>
/// <param name="Scalar">What its values and gradients are compared with, for 2 and for 3 dimensions.</param>
/// <param name="IsTwiceDifferentiable">Whether the gradient of its gradient is checked too.</param>
public sealed record CheckedSampler(string Name, Sampler Sampler, Func<int, ScalarSampler> Scalar, bool IsTwiceDifferentiable)
{
    private static readonly (string Name, Padding Padding)[] Paddings =
    [
        ("zeros", Padding.Zeros), ("border", Padding.Border), ("reflection", Padding.Reflection), ("constant", Padding.Constant(0.7)),
    ];

    /// <summary>Every sampler of the library. One line adds another, once <see cref="ScalarSampler.Of"/> has its scalar form.</summary>
    public static IReadOnlyList<CheckedSampler> All { get; } =
    [
        .. Padded("bilinear", padding => new BilinearSampler(padding)),
        .. Padded("nearest", padding => new NearestSampler(padding)),
        .. Padded("nearest-up", padding => new NearestSampler(padding, TieRule.HalfUp)),
        .. Padded("bicubic", padding => new BicubicSampler(padding)),
        .. Padded("bicubic-half", padding => new BicubicSampler(padding, slope: -0.5)),
        .. Padded("antialiased", padding => new AntiAliasedSampler(padding)),
    ];

    /// <summary>Whether libtorch's sampler has these settings for images or volumes.</summary>
    /// <param name="dimensions">2 or 3.</param>
    public bool LibtorchHasIt(int dimensions) =>
        Sampler.Kernel is { Padding.Value: 0, Ties: TieRule.HalfToEven, CubicSlope: Sampling.DefaultCubicSlope } kernel
        && (kernel.Interpolation is Interpolation.Linear or Interpolation.Nearest
            || (kernel.Interpolation == Interpolation.Cubic && dimensions == 2));

    /// <summary>
    /// Whether the identity is libtorch's anti-aliased resizing: of images, with border padding. With aligned corners libtorch puts its
    /// points elsewhere.
    /// </summary>
    /// <param name="align">Where ±1 lies.</param>
    public bool LibtorchResizes(AlignCorners align) => align == AlignCorners.False
        && Sampler.Kernel is { Interpolation: Interpolation.AntiAliased, Padding.Mode: PaddingMode.Border };

    /// <summary>Whether the scalar form needs local scales. Its gradients to θ and the grid are then those at constant scales.</summary>
    /// <param name="dimensions">2 or 3.</param>
    public bool ReadsScales(int dimensions) => Scalar(dimensions).ReadsScales;

    /// <summary>Where the values jump.</summary>
    public Jumps Jumps => Sampler.Kernel switch
    {
        null => Jumps.OnPixels,
        { Interpolation: Interpolation.Nearest } => Jumps.Halfway,
        _ => Jumps.Nowhere,
    };

    /// <summary>A sampler that Stn.Kernels has, with the scalar form that stands there.</summary>
    /// <param name="name">Its name in the table.</param>
    /// <param name="sampler">The sampler.</param>
    public static CheckedSampler Of(string name, BuiltInSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var sampling = sampler.Kernel!.Value;
        return new CheckedSampler(
            name, sampler, dimensions => ScalarSampler.Of(sampling, dimensions), sampling.Interpolation != Interpolation.Nearest);
    }

    /// <summary>A kernel of a user's own: it is compared with equation (3) written out over its weights.</summary>
    /// <param name="sampler">The kernel.</param>
    /// <param name="weight">k(d) in plain numbers; by default what the kernel itself gives for single distances.</param>
    public static CheckedSampler Of(KernelSampler sampler, Func<double, ImageAxis, double>? weight = null)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return new CheckedSampler(
            sampler.Name, sampler, dimensions => new KernelScalar(sampler.Support, sampler.Padding, dimensions, Remembered(weight ?? sampler.WeightAt)),
            IsTwiceDifferentiable: true);
    }

    // Every channel asks for the same distances, and a kernel's answer takes a tensor each. One memory for each comparison.
    private static Func<double, ImageAxis, double> Remembered(Func<double, ImageAxis, double> weight)
    {
        var known = new Dictionary<(double, ImageAxis), double>();
        return (distance, axis) => known.TryGetValue((distance, axis), out var value) ? value : known[(distance, axis)] = weight(distance, axis);
    }

    private static IEnumerable<CheckedSampler> Padded(string kind, Func<Padding, BuiltInSampler> make) =>
        Paddings.Select(padding => Of($"{kind}-{padding.Name}", make(padding.Padding)));
}
