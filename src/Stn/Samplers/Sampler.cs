using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>
/// Reads U at the points of a grid: equation (3) of the paper with one kernel k(·; Φ) along each axis. The same samplers serve
/// images and volumes.
/// </summary>
public abstract class Sampler
{
    /// <summary>The short name: <c>bilinear</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The sampler of Stn.Kernels that computes the same, and so the fused warps; null where there is none.</summary>
    public virtual Sampling? Kernel => null;

    /// <summary>What the sampler itself learns, Φ. A spatial transformer lists and frees it as its own.</summary>
    public virtual IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [];

    /// <summary>V = U read at the grid's points.</summary>
    /// <param name="image">U, shape (N, C, H, W); volumes are (N, C, D, H, W).</param>
    /// <param name="grid">Normalised source points, shape (N, h, w, 2), x before y; in volumes (N, d, h, w, 3), then z.</param>
    /// <param name="align">Where ±1 lies in U: the same value that made the grid.</param>
    /// <returns>V, shape (N, C, h, w) or (N, C, d, h, w). Differentiable in U and in the grid.</returns>
    /// <exception cref="ArgumentException">A shape is not as said.</exception>
    public Tensor Sample(Tensor image, Tensor grid, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(grid);
        if (image.Dimensions is not (4 or 5))
            throw new ArgumentException($"U must be (N, C, H, W), or (N, C, D, H, W) for volumes, got {image}", nameof(image));
        var axes = image.Dimensions - 2;
        if (grid.Dimensions != axes + 2 || grid.Size(axes + 1) != axes || grid.Size(0) != image.Size(0))
            throw new ArgumentException($"the grid must be ({image.Size(0)}, {(axes == 2 ? "h, w, 2" : "d, h, w, 3")}), got {grid}", nameof(grid));
        using var scope = new TensorScope();
        return scope.Keep(Read(image, grid, align));
    }

    /// <summary><see cref="Sample"/>, after the check of its arguments; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor Read(Tensor image, Tensor grid, AlignCorners align);
}
