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
    /// <param name="family">Of images or of volumes.</param>
    /// <param name="sampler">How U is read.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="target">The size of V; an image has one slice.</param>
    /// <param name="type">The type of U and θ.</param>
    public static WarpPair Of(TransformationFamily family, CheckedSampler sampler, AlignCorners align, Volume target, DType type)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(sampler);
        var points = new TransformedSource(family, target, align) { HasScales = sampler.ReadsScales(family is Transformation3D ? 3 : 2) };
        var grid = GridOf(family, align, target, type);
        return new WarpPair(
            Warping(family, sampler.Sampler, align, target),
            sampler.LibtorchHasIt(points.Dimensions) ? (image, theta) => ByLibtorch(sampler, align, image, grid(theta))
                : family is IdentityTransformation && sampler.LibtorchResizes(align) ? (image, _) => Resized(image, target) : null,
            points, [.. family.OwnParameters.Concat(sampler.Sampler.OwnParameters).Select(own => own.Parameter)]);
    }

    /// <summary>A sampler alone: both sides take U and an explicit grid.</summary>
    /// <param name="sampler">How U is read.</param>
    /// <param name="align">Where ±1 lies.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="type">Of both tensors.</param>
    /// <param name="dimensions">2 for images, 3 for volumes.</param>
    public static WarpPair OfGrid(CheckedSampler sampler, AlignCorners align, Volume target, DType type, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return new WarpPair(
            (image, grid) => sampler.Sampler.Sample(image, grid, align),
            sampler.LibtorchHasIt(dimensions) ? (image, grid) => ByLibtorch(sampler, align, image, grid) : null,
            new GridSource(target, align, dimensions, type) { HasScales = sampler.ReadsScales(dimensions) }, [.. sampler.Sampler.OwnParameters.Select(own => own.Parameter)]);
    }

    /// <summary>The same pair, of which Stn's side runs on a device: its inputs go there, V and the gradients come back.</summary>
    /// <param name="device">The processor changes nothing.</param>
    public WarpPair On(Device device)
    {
        if (!device.IsCuda)
            return this;
        var ours = Ours;
        return this with { Ours = (image, second) => ours(image.To(device), second.To(device)).To(Device.Cpu) };
    }

    private static Func<Tensor, Tensor, Tensor> Warping(TransformationFamily family, Sampler sampler, AlignCorners align, Volume target)
    {
        if (family is Transformation3D space)
        {
            var volumes = new Warp3D(space, sampler);
            return (volume, theta) => volumes.Apply(volume, theta, target, align);
        }

        var images = Warp.Of((Transformation)family, sampler);
        return (image, theta) => images.Apply(image, theta, Images.PlaneOf(target), align);
    }

    // As a user of libtorch would: B of a family M_θ·B is computed once, not for every batch.
    private static Func<Tensor, Tensor> GridOf(TransformationFamily family, AlignCorners align, Volume target, DType type)
    {
        if (family is Transformation3D space)
            return theta => space.Grid(theta, target, align);
        var plane = Images.PlaneOf(target);
        if (family is not TabulatedTransformation tabulated)
            return theta => ((Transformation)family).Grid(theta, plane, align);
        using var like = Tensor.Empty(type);
        var basis = tabulated.Basis(plane, align, like);
        return theta => LinearTransformation.GridOf(theta, basis);
    }

    private static Tensor Resized(Tensor image, Volume target) =>
        Functional.ResizeAntiAliased(image, target.Height, target.Width, alignCorners: false);

    // The bare operator: it numbers kernels and paddings as Stn.Kernels does.
    private static Tensor ByLibtorch(CheckedSampler sampler, AlignCorners align, Tensor image, Tensor grid)
    {
        var sampling = sampler.Sampler.Kernel!.Value;
        return Functional.GridSampler(image, grid, (int)sampling.Interpolation, (int)sampling.Padding.Mode, align == AlignCorners.True);
    }
}
