using Stn.Kernels;
using Stn.Torch;

namespace Stn.Checks.Cases;

/// <summary>
/// One warp of the table: a transformation or an explicit grid, a sampler with its padding, a convention and a type. Declared once;
/// the checks take its values and gradients from it, and the benchmark its speed.
/// </summary>
/// <param name="Family">The transformation; null for an explicit grid.</param>
/// <param name="Sampler">How U is read.</param>
/// <param name="Align">Where ±1 lies.</param>
/// <param name="Type">Of all tensors, Float32 or Float64.</param>
/// <param name="Dimensions">2 for images, 3 for volumes.</param>
public sealed record WarpCase(CheckedFamily? Family, CheckedSampler Sampler, AlignCorners Align, DType Type, int Dimensions)
{
    /// <summary>Such as <c>2d/affine/bilinear-zeros/edges/float32</c>: ±1 are the outer edges or the corner pixels' centres.</summary>
    public string Name => string.Join(
        '/', $"{Dimensions}d", Family?.Name ?? "grid", Sampler.Name, Align == AlignCorners.True ? "corners" : "edges",
        Type.ToString().ToLowerInvariant());

    /// <summary>The summary's line: the name without convention and type.</summary>
    public string Group => $"{Dimensions}d/{Family?.Name ?? "grid"}";

    /// <summary>Whether the second input is a grid instead of θ.</summary>
    public bool HasGrid => Family is null;

    /// <summary>Whether libtorch's sampler has these settings, or this is the resizing that another of its operators does.</summary>
    public bool LibtorchHasIt => Sampler.LibtorchHasIt(Dimensions) || (Family?.Name == "identity" && Sampler.LibtorchResizes(Align));

    /// <summary>Both sides for a target.</summary>
    /// <param name="target">d, h and w; an image has one slice.</param>
    public PreparedWarp Prepare(Volume target)
    {
        if (Family is null)
            return new PreparedWarp(WarpPair.OfGrid(Sampler, Align, target, Type, Dimensions), []);
        var transformation = Family.Make(target, Align, Type);
        IReadOnlyList<Parameter> owned = Family.OwnsParameters ? [.. transformation.OwnParameters.Select(own => own.Parameter)] : [];
        return new PreparedWarp(WarpPair.Of(transformation, Sampler, Align, target, Type), owned);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
