using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Checks.Benchmarks;

/// <summary>Which gradients a work computes.</summary>
public enum Gradients
{
    /// <summary>None: the forward pass alone, recorded for one.</summary>
    None,

    /// <summary>Those of U and of θ, or of the grid.</summary>
    Both,

    /// <summary>That of θ alone: the transformer at the front of a network, whose images need none.</summary>
    Theta,
}

/// <summary>One kind of work of <c>stn bench sampler</c>: a case of the table of checks and what is computed of it.</summary>
/// <param name="Name">Such as <c>affine-forward-backward</c>.</param>
/// <param name="Gradients">What is computed besides V.</param>
/// <param name="Case">The warp, as <c>stn check</c> knows it.</param>
/// <param name="Noise">How far θ is from the identity: the deviation of its normal noise.</param>
public sealed record SamplerWork(string Name, Gradients Gradients, WarpCase Case, double Noise)
{
    /// <summary>Every work, in the order of the table.</summary>
    public static IReadOnlyList<SamplerWork> All { get; } =
    [
        Of("affine-forward", Gradients.None, "2d/affine/bilinear-zeros"),
        Of("affine-forward-backward", Gradients.Both, "2d/affine/bilinear-zeros"),
        Of("affine-forward-backward-theta", Gradients.Theta, "2d/affine/bilinear-zeros"),
        Of("grid-forward", Gradients.None, "2d/grid/bilinear-zeros"),
        Of("grid-forward-backward", Gradients.Both, "2d/grid/bilinear-zeros"),
        Of("projective-forward-backward", Gradients.Both, "2d/projective/bilinear-zeros", 0.03),
        Of("tps-forward-backward", Gradients.Both, "2d/tps/bilinear-zeros", 0.05),
        Of("nearest-forward", Gradients.None, "2d/affine/nearest-zeros"),
        Of("affine3d-forward", Gradients.None, "3d/affine-3d/bilinear-zeros"),
        Of("affine3d-forward-backward", Gradients.Both, "3d/affine-3d/bilinear-zeros"),
        Of("affine3d-forward-backward-theta", Gradients.Theta, "3d/affine-3d/bilinear-zeros"),
        Of("bicubic-forward", Gradients.None, "2d/affine/bicubic-zeros"),
        Of("bicubic-forward-backward", Gradients.Both, "2d/affine/bicubic-zeros"),
    ];

    /// <summary>Whether it works on volumes.</summary>
    public bool IsVolume => Case.Dimensions == 3;

    /// <summary>The sizes that it is measured at unless one is named.</summary>
    public IReadOnlyList<BenchSize> Sizes => IsVolume ? BenchSize.Volumes : BenchSize.Images;

    /// <summary>The two sides and the second input, θ or a grid, for a size.</summary>
    /// <param name="size">Of U and of V.</param>
    public (WarpPair Pair, Tensor Second) Prepare(BenchSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        var pair = Case.Prepare(IsVolume ? size.Volume : Images.VolumeOf(size.Plane)).Pair;
        if (!Case.HasGrid)
            return (pair, Near(pair.Points.Identity, size.Count, Noise));
        var affine = new AffineTransformation();
        using var theta = Near(affine.Identity, size.Count, Noise);
        return (pair, affine.Grid(theta, size.Plane, Case.Align));
    }

    private static SamplerWork Of(string name, Gradients gradients, string warp, double noise = 0.1) =>
        new(name, gradients, CheckTable.Default[$"{warp}/edges/float32"], noise);

    // θ is the identity and a little noise of its own for each image.
    private static Tensor Near(IReadOnlyList<double> identity, long count, double noise)
    {
        using var scope = new TensorScope();
        var start = Tensor.From(identity.Select(value => (float)value).ToArray(), 1, identity.Count);
        var theta = Tensor.RandomNormal([count, identity.Count]);
        theta.MultiplyInPlace(noise);
        theta.AddInPlace(start.Expand(count, identity.Count));
        return scope.Keep(theta);
    }
}
