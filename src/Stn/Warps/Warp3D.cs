using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>
/// A transformation of volumes and a sampler as one operation, V = sample(U, T_θ(G)). On the CPU, in Float32 or Float64, an affine
/// family with the linear or the nearest sampler is one pass with no grid in memory; every other pair goes through a grid.
/// </summary>
/// <param name="transformation">Says where the target's points lie in U.</param>
/// <param name="sampler">Reads U there.</param>
public sealed class Warp3D(Transformation3D transformation, Sampler sampler)
{
    private readonly Transformation3D _transformation = transformation ?? throw new ArgumentNullException(nameof(transformation));
    private readonly Sampler _sampler = sampler ?? throw new ArgumentNullException(nameof(sampler));

    /// <summary>Warps a batch.</summary>
    /// <param name="volume">U, shape (N, C, D, H, W).</param>
    /// <param name="theta">θ, shape (N, P), of the type of U.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="align">Where ±1 lies, in U and in the target grid.</param>
    /// <returns>V, shape (N, C, d, h, w). Differentiable in U and in θ.</returns>
    /// <exception cref="ArgumentException">A shape or a type is not as said.</exception>
    public Tensor Apply(Tensor volume, Tensor theta, Volume target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(theta);
        Shapes.RequireVolume(volume);
        _transformation.RequireFor(volume, theta);
        using var scope = new TensorScope();
        return scope.Keep(Run(volume, theta, target, align));
    }

    private Tensor Run(Tensor volume, Tensor theta, Volume target, AlignCorners align) =>
        _transformation is AffineFamily3D family && _sampler.Kernel is { Interpolation: Interpolation.Linear or Interpolation.Nearest } sampling
            && WarpFunction.CanRun(volume, theta)
            ? new AffineWarp3DFunction(sampling, align, target).Apply(volume, family.ToAffine(theta))[0]
            : _sampler.Sample(volume, _transformation.Grid(theta, target, align), align);
}
