using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Checks;

/// <summary>One warp computed by Stn and by libtorch's operators, as functions of the same two tensors.</summary>
/// <param name="Name">Such as <c>affine bilinear</c>.</param>
/// <param name="Ours">V from U and from θ or a grid, as users of Stn call it.</param>
/// <param name="Libtorch">V from the same tensors, as users of libtorch write it; null where libtorch has no such mode.</param>
public sealed record WarpPair(string Name, Func<Tensor, Tensor, Tensor> Ours, Func<Tensor, Tensor, Tensor>? Libtorch)
{
    /// <summary>A transformation with a sampler: both sides take U and θ.</summary>
    /// <param name="transformation">The family.</param>
    /// <param name="sampler">How U is read.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="type">The type of U and θ.</param>
    public static WarpPair Of(
        Transformation transformation, BuiltInSampler sampler, AlignCorners align, Plane target, DType type = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        ArgumentNullException.ThrowIfNull(sampler);
        var warp = Warp.Of(transformation, sampler);
        var grid = GridOf(transformation, align, target, type);
        return new WarpPair(
            $"{transformation.Name} {sampler.Name}",
            (image, theta) => warp.Apply(image, theta, target, align),
            sampler.LibtorchHasIt ? (image, theta) => ByLibtorch(sampler, align, image, grid(theta)) : null);
    }

    /// <summary>A sampler alone: both sides take U and an explicit grid.</summary>
    /// <param name="sampler">How U is read.</param>
    /// <param name="align">Where ±1 lies.</param>
    public static WarpPair OfGrid(BuiltInSampler sampler, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return new WarpPair(
            $"grid {sampler.Name}",
            (image, grid) => sampler.Sample(image, grid, align),
            sampler.LibtorchHasIt ? (image, grid) => ByLibtorch(sampler, align, image, grid) : null);
    }

    // As a user of libtorch would: B of a family M_θ·B is computed once, not for every batch.
    private static Func<Tensor, Tensor> GridOf(Transformation transformation, AlignCorners align, Plane target, DType type)
    {
        if (transformation is not LatticeTransformation lattice)
            return theta => transformation.Grid(theta, target, align);
        using var like = Tensor.Empty(type);
        var basis = lattice.Basis(target, align, like);
        return theta => LinearTransformation.GridOf(theta, basis);
    }

    // The bare operator: it numbers kernels and paddings as Stn.Kernels does.
    private static Tensor ByLibtorch(BuiltInSampler sampler, AlignCorners align, Tensor image, Tensor grid) =>
        Functional.GridSampler(image, grid, (int)sampler.Kernel!.Value.Interpolation, (int)sampler.Padding.Mode, align == AlignCorners.True);
}
