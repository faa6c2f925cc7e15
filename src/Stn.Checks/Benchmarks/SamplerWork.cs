using Stn.Kernels;
using Stn.Samplers;
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

/// <summary>One kind of work of <c>stn bench sampler</c>: a warp of <see cref="WarpPair"/> and what is computed of it.</summary>
/// <param name="Name">Such as <c>affine-forward-backward</c>.</param>
/// <param name="Gradients">What is computed besides V.</param>
/// <param name="Prepare">The two sides and the second input, θ or a grid, for a size.</param>
/// <param name="IsVolume">Whether it works on volumes.</param>
public sealed record SamplerWork(
    string Name, Gradients Gradients, Func<BenchSize, (WarpPair Pair, Tensor Second)> Prepare, bool IsVolume = false)
{
    private const AlignCorners Align = AlignCorners.False;

    /// <summary>Every work, in the order of the table.</summary>
    public static IReadOnlyList<SamplerWork> All { get; } =
    [
        new("affine-forward", Gradients.None, Affine(new BilinearSampler())),
        new("affine-forward-backward", Gradients.Both, Affine(new BilinearSampler())),
        new("affine-forward-backward-theta", Gradients.Theta, Affine(new BilinearSampler())),
        new("grid-forward", Gradients.None, Grid),
        new("grid-forward-backward", Gradients.Both, Grid),
        new("projective-forward-backward", Gradients.Both, Family(new ProjectiveTransformation(), new BilinearSampler(), 0.03)),
        new("tps-forward-backward", Gradients.Both, Family(new ThinPlateSplineTransformation(), new BilinearSampler(), 0.05)),
        new("nearest-forward", Gradients.None, Affine(new NearestSampler())),
        new("bicubic-forward", Gradients.None, Affine(new BicubicSampler())),
        new("bicubic-forward-backward", Gradients.Both, Affine(new BicubicSampler())),
    ];

    /// <summary>The sizes that it is measured at unless one is named.</summary>
    public IReadOnlyList<BenchSize> Sizes => IsVolume ? BenchSize.Volumes : BenchSize.Images;

    private static Func<BenchSize, (WarpPair, Tensor)> Affine(BuiltInSampler sampler) => Family(new AffineTransformation(), sampler, 0.1);

    // θ is the identity and a little noise of its own for each image.
    private static Func<BenchSize, (WarpPair, Tensor)> Family(Transformation transformation, BuiltInSampler sampler, double noise) =>
        size => (WarpPair.Of(transformation, sampler, Align, size.Plane), Near(transformation.Identity, size.Count, noise));

    private static (WarpPair Pair, Tensor Second) Grid(BenchSize size)
    {
        var affine = new AffineTransformation();
        using var theta = Near(affine.Identity, size.Count, 0.1);
        return (WarpPair.OfGrid(new BilinearSampler(), Align), affine.Grid(theta, size.Plane, Align));
    }

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
