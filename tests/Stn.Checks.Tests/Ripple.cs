using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Checks.Tests;

/// <summary>xˢ = xᵗ + θ·sin(3yᵗ), yˢ = yᵗ: a transformation as a user writes it, right or wrong in one way.</summary>
/// <param name="gridFactor">1; else the grid's wave is that many times the one that the map says.</param>
/// <param name="gradientFactor">1; else the gradient of θ is wrong by it, and the values are right.</param>
internal sealed class Ripple(double gridFactor = 1, double gradientFactor = 1) : Transformation
{
    public override string Name => "ripple";

    public override IReadOnlyList<double> Identity { get; } = [0];

    protected override Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align)
    {
        var affine = new AffineTransformation();
        var regular = affine.Grid(Tensor.From(affine.Identity.ToArray(), 1, 6).To(theta.Type), target, align);
        var own = (theta * gradientFactor) + (theta * (1 - gradientFactor)).Detach();
        var wave = (regular.Narrow(3, 1, 1) * 3).Sin() * own.Reshape(-1, 1, 1, 1) * gridFactor;
        return regular + Tensor.Concatenate([wave, Tensor.ZerosLike(wave)], 3);
    }

    protected override NormalizedPoint MapPoint(ReadOnlySpan<double> theta, NormalizedPoint target) =>
        new(target.X + (theta[0] * Math.Sin(3 * target.Y)), target.Y);
}
