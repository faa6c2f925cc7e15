using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// The plane projective transformation of the paper's section 3.2: (u, v, w)ᵀ = H·(xᵗ, yᵗ, 1)ᵀ and (xˢ, yˢ) = (u/w, v/w), with
/// H = [θ₁ θ₂ θ₃; θ₄ θ₅ θ₆; θ₇ θ₈ 1]. Eight parameters, row by row.
/// </summary>
/// <remarks>
/// A point on or behind the horizon, w ≤ <see cref="Horizon"/>, has no place: its grid point is NaN, it reads what a NaN reads
/// under the sampler's padding, and it passes no gradient to θ.
/// </remarks>
public sealed class ProjectiveTransformation : MatrixTransformation
{
    /// <summary>The smallest w, not included, of a point in front of the horizon.</summary>
    public const double Horizon = 1e-6;

    /// <inheritdoc/>
    public override string Name => "projective";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 0, 1, 0, 0, 0];

    /// <inheritdoc/>
    /// <exception cref="ArithmeticException">Its last entry is 0: no θ makes it.</exception>
    public override double[] Theta(PlaneMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var last = matrix[2, 2];
        return last == 0
            ? throw new ArithmeticException("a map that sends the origin to infinity has no parameters with a last entry of 1")
            : [.. Enumerable.Range(0, ParameterCount).Select(i => matrix[i / 3, i % 3] / last)];
    }

    /// <inheritdoc/>
    protected override Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(theta);
        return GridOf(theta, target, align);
    }

    /// <inheritdoc/>
    protected override PlaneMatrix MakeMatrix(ReadOnlySpan<double> theta) => new([.. theta, 1]);

    /// <summary>The grid of (N, 8) parameters by libtorch's operators.</summary>
    internal static Tensor GridOf(Tensor theta, Plane target, AlignCorners align)
    {
        var images = theta.Size(0);
        var one = Constants.Like(theta, [1], 1, 1).Expand(images, 1);
        var matrix = Tensor.Concatenate([theta, one], 1).Reshape(images, 3, 3);
        var lines = matrix.MatMul(TargetPoints.Like(theta, target, align)); // (N, 3, h·w): u, v and w
        var w = lines.Narrow(1, 2, 1);
        var behind = w.GreaterThan(Horizon).Not();
        var places = (lines.Narrow(1, 0, 2) / w.MaskedFill(behind, 1)).MaskedFill(behind, double.NaN);
        return places.Transpose(1, 2).Reshape(images, target.Height, target.Width, 2);
    }
}
