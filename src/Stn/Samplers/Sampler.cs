using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>Reads U at the points of a grid: equation (3) of the paper with one kernel k(·; Φ).</summary>
public abstract class Sampler
{
    /// <summary>The short name: <c>bilinear</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The sampler of Stn.Kernels that computes the same, and so the fused warps; null where there is none.</summary>
    public virtual Sampling? Kernel => null;

    /// <summary>What the sampler itself learns, Φ. A <see cref="SpatialTransformer"/> lists and frees it as its own.</summary>
    public virtual IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [];

    /// <summary>V = U read at the grid's points.</summary>
    /// <param name="image">U, shape (N, C, H, W).</param>
    /// <param name="grid">Normalised source points, shape (N, h, w, 2), x before y.</param>
    /// <param name="align">Where ±1 lies in U: the same value that made the grid.</param>
    /// <returns>V, shape (N, C, h, w). Differentiable in U and in the grid.</returns>
    /// <exception cref="ArgumentException">A shape is not as said.</exception>
    public Tensor Sample(Tensor image, Tensor grid, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(grid);
        Shapes.RequireImage(image);
        if (grid.Dimensions != 4 || grid.Size(3) != 2 || grid.Size(0) != image.Size(0))
            throw new ArgumentException($"the grid must be ({image.Size(0)}, h, w, 2), got {grid}", nameof(grid));
        using var scope = new TensorScope();
        return scope.Keep(Read(image, grid, align));
    }

    /// <summary><see cref="Sample"/>, after the check of its arguments; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor Read(Tensor image, Tensor grid, AlignCorners align);
}
