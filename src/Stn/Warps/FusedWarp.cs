using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>
/// Affine transformation and bilinear sampling in one pass with no grid in memory, by the kernels of Stn.Kernels: on the
/// CPU, in Float32 or Float64. Elsewhere it goes through a grid like every other pair.
/// </summary>
public sealed class FusedAffineWarp : Warp
{
    /// <summary>The same pair through libtorch's grid and sampler.</summary>
    internal static ExplicitGridWarp Explicit { get; } = new(new AffineTransformation(), new BilinearSampler());

    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Tensor theta, Plane target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(theta);
        Shapes.RequireImage(image);
        if (theta.Dimensions != 2 || theta.Size(0) != image.Size(0) || theta.Size(1) != Explicit.ParameterCount)
            throw new ArgumentException($"θ must be ({image.Size(0)}, {Explicit.ParameterCount}), got {theta}", nameof(theta));
        return IsFor(image, theta)
            ? new AffineWarpFunction(target, align).Apply(image, theta)[0]
            : Explicit.Apply(image, theta, target, align);
    }

    private static bool IsFor(Tensor image, Tensor theta) =>
        image.Type == theta.Type && image.Type is DType.Float32 or DType.Float64 && !image.Device.IsCuda && !theta.Device.IsCuda;
}
