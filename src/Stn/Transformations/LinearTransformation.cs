using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// The general form of the paper's section 3.2, T_θ(G) = M_θ·B: xˢ = Σ_k θ_k·B_k(xᵗ, yᵗ) and yˢ = Σ_k θ_{K+k}·B_k(xᵗ, yᵗ), linear in θ.
/// A family is its K basis functions over the target, B.
/// </summary>
/// <remarks>Convention: θ holds the K weights of x before the K weights of y, as (N, 2, K) in rows.</remarks>
public abstract class LinearTransformation : Transformation
{
    /// <summary>K, the number of basis functions.</summary>
    public int Functions => ParameterCount / 2;

    /// <summary>B over a target, for θ of a type on a device.</summary>
    /// <param name="target">h and w.</param>
    /// <param name="align">Where ±1 lies in the target.</param>
    /// <param name="like">A tensor of the wanted type on the wanted device.</param>
    /// <returns>Shape (K, h, w); part of the graph where B is learned.</returns>
    public Tensor Basis(Plane target, AlignCorners align, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var scope = new TensorScope();
        return scope.Keep(MakeBasis(target, align, like));
    }

    /// <summary><see cref="Basis"/>; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor MakeBasis(Plane target, AlignCorners align, Tensor like);

    /// <summary>Writes B_1 … B_K at one target point, in plain numbers.</summary>
    /// <param name="target">A point of the target.</param>
    /// <param name="functions">K numbers.</param>
    protected abstract void Evaluate(NormalizedPoint target, Span<double> functions);

    /// <inheritdoc/>
    protected sealed override Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(theta);
        return GridOf(theta, MakeBasis(target, align, theta));
    }

    /// <inheritdoc/>
    protected sealed override NormalizedPoint MapPoint(ReadOnlySpan<double> theta, NormalizedPoint target)
    {
        Span<NormalizedPoint> source = stackalloc NormalizedPoint[1];
        MapPoints(theta, target, source);
        return source[0];
    }

    /// <inheritdoc/>
    private protected sealed override void MapPoints(ReadOnlySpan<double> thetas, NormalizedPoint target, Span<NormalizedPoint> sources)
    {
        var functions = new double[Functions];
        Evaluate(target, functions);
        for (var i = 0; i < sources.Length; i++)
        {
            var theta = thetas.Slice(i * ParameterCount, ParameterCount);
            var (x, y) = (0.0, 0.0);
            for (var k = 0; k < functions.Length; k++)
            {
                x += theta[k] * functions[k];
                y += theta[functions.Length + k] * functions[k];
            }

            sources[i] = new NormalizedPoint(x, y);
        }
    }

    /// <summary>M_θ·B by libtorch's operators: (N, 2K) and (K, h, w) to (N, h, w, 2).</summary>
    internal static Tensor GridOf(Tensor theta, Tensor basis)
    {
        var (images, functions) = (theta.Size(0), basis.Size(0));
        var places = theta.Reshape(images, 2, functions).MatMul(basis.Flatten());
        return places.Transpose(1, 2).Reshape(images, basis.Size(1), basis.Size(2), 2);
    }
}
