using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Checks;

/// <summary>One warp to one target, computed by Stn and by libtorch's operators, as functions of the same two tensors.</summary>
/// <param name="Ours">V from U and from θ or a grid, as users of Stn call it.</param>
/// <param name="Libtorch">V from the same tensors, as users of libtorch write it; null where libtorch has no such mode.</param>
/// <param name="Points">Where the target lies in the source, in plain numbers.</param>
/// <param name="Learned">What the transformation and the sampler learn themselves.</param>
public sealed record WarpPair(
    Func<Tensor, Tensor, Tensor> Ours, Func<Tensor, Tensor, Tensor>? Libtorch, SourcePoints Points, IReadOnlyList<Parameter> Learned)
{
    /// <summary>A transformation with a sampler: both sides take U and θ.</summary>
    /// <param name="transformation">The family.</param>
    /// <param name="sampler">How U is read.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="type">The type of U and θ.</param>
    public static WarpPair Of(Transformation transformation, Sampler sampler, AlignCorners align, Plane target, DType type)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        ArgumentNullException.ThrowIfNull(sampler);
        var warp = Warp.Of(transformation, sampler);
        var grid = GridOf(transformation, align, target, type);
        return new WarpPair(
            (image, theta) => warp.Apply(image, theta, target, align),
            sampler is BuiltInSampler { LibtorchHasIt: true } same ? (image, theta) => ByLibtorch(same, align, image, grid(theta)) : null,
            new TransformedSource(transformation, Images.VolumeOf(target), align),
            [.. transformation.OwnParameters.Concat(sampler.OwnParameters).Select(own => own.Parameter)]);
    }

    /// <summary>A sampler alone: both sides take U and an explicit grid.</summary>
    /// <param name="sampler">How U is read.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="type">Of both tensors.</param>
    public static WarpPair OfGrid(Sampler sampler, AlignCorners align, Plane target, DType type)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return new WarpPair(
            (image, grid) => sampler.Sample(image, grid, align),
            sampler is BuiltInSampler { LibtorchHasIt: true } same ? (image, grid) => ByLibtorch(same, align, image, grid) : null,
            new GridSource(Images.VolumeOf(target), align, 2, type),
            [.. sampler.OwnParameters.Select(own => own.Parameter)]);
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
