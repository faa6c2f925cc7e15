using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <summary>
/// The module of the paper (section 3, figure 2): a localisation network looks at U and predicts θ, the transformation
/// makes the sampling grid T_θ(G), the sampler reads U there. It learns from the loss of the network around it alone.
/// </summary>
/// <remarks>
/// <para>θ maps target to source in normalised coordinates. One <see cref="AlignCorners"/> serves grid and sampler.</para>
/// <para>It fits anywhere in a network, on images and on feature maps of any number of channels. An observer of the
/// <see cref="Pass"/> sees θ under the name <see cref="SpatialTransformerModule.ThetaName"/>.</para>
/// </remarks>
public sealed class SpatialTransformer : SpatialTransformerModule
{
    private readonly Warps.Warp _warp;

    /// <summary>Puts the parts together; it owns the localisation network, and what the transformation and the sampler learn, from now on.</summary>
    /// <param name="localisation">Takes U, returns θ, shape (N, P). <see cref="Localisation.LocalisationNetwork"/> makes those of the paper.</param>
    /// <param name="transformation">The family of T_θ.</param>
    /// <param name="sampler">How U is read; bilinear by default.</param>
    /// <param name="output">The size of V; that of U by default.</param>
    /// <param name="align">Where ±1 lies; PyTorch's and ONNX's default, the edges, by default.</param>
    public SpatialTransformer(
        Module localisation, Transformation transformation, Sampler? sampler = null, Plane? output = null,
        AlignCorners align = AlignCorners.False)
        : base(localisation, transformation, sampler, align)
    {
        _warp = Warps.Warp.Of(transformation, Sampler);
        Transformation = transformation;
        Output = output;
    }

    /// <summary>The family of T_θ.</summary>
    public Transformation Transformation { get; }

    /// <summary>The size of V; null for that of U.</summary>
    public Plane? Output { get; }

    /// <inheritdoc/>
    public override Tensor Warp(Tensor input, Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireInput(input);
        return _warp.Apply(input, theta, Output ?? Shapes.PlaneOf(input), Align);
    }

    /// <inheritdoc/>
    private protected override void RequireInput(Tensor input) => Shapes.RequireImage(input);
}
