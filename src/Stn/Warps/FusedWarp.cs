using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>
/// Transformation and sampling in one pass with no grid in memory, by the kernels of Stn.Kernels: on the CPU, in Float32 or
/// Float64. Elsewhere it goes through a grid.
/// </summary>
public sealed class FusedWarp : Warp
{
    private readonly ExplicitGridWarp _explicit;

    /// <summary>Fuses a pair.</summary>
    /// <param name="transformation">Of the affine, the projective or a linear family.</param>
    /// <param name="sampler">One that Stn.Kernels has.</param>
    /// <exception cref="ArgumentException">There is no fused kernel for this pair.</exception>
    public FusedWarp(Transformation transformation, Sampler sampler)
        : base(transformation, sampler)
    {
        if (!IsFor(transformation, sampler))
            throw new ArgumentException($"there is no fused form of {transformation.Name} and {sampler.Name}", nameof(transformation));
        _explicit = new ExplicitGridWarp(transformation, sampler);
    }

    /// <summary>Whether there is a fused form of a pair.</summary>
    public static bool IsFor(Transformation transformation, Sampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return sampler.Kernel is not null && transformation is AffineFamily or LinearTransformation or ProjectiveTransformation;
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor image, Tensor theta, Plane target, AlignCorners align)
    {
        if (!WarpFunction.CanRun(image, theta))
            return _explicit.Apply(image, theta, target, align);
        var sampling = Sampler.Kernel!.Value;
        return Transformation switch
        {
            AffineFamily family => new AffineWarpFunction(sampling, align, target).Apply(image, family.ToAffine(theta))[0],
            ThinPlateSplineTransformation family => new SplineWarpFunction(sampling, align, target, family).Apply(image, theta)[0],
            TabulatedTransformation family => new TableWarpFunction(sampling, align, target, family).Apply(image, theta)[0],
            LinearTransformation family => new BasisWarpFunction(sampling, align, target).Apply(image, theta, family.Basis(target, align, theta))[0],
            _ => new ProjectiveWarpFunction(sampling, align, target).Apply(image, theta)[0],
        };
    }
}
