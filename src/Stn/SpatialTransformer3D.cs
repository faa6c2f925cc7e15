using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <summary>
/// The module of the paper on volumes (appendix, 3D spatial transformers): a localisation network looks at U and predicts θ, the
/// transformation of space makes the sampling grid T_θ(G), the sampler reads U there.
/// </summary>
/// <remarks>
/// <para>θ maps target to source in normalised coordinates, x before y before z. One <see cref="AlignCorners"/> serves grid and sampler.</para>
/// <para>Followed by a <see cref="DepthProjection"/> it looks at a volume from the side that it has learned, as an image (figure 5).</para>
/// </remarks>
/// <example>
/// <code>
/// var affine = new AffineTransformation3D();
/// var localisation = LocalisationNetwork.FullyConnected(1, new Volume(60, 60, 60), affine);
/// var network = new Sequential(("transformer", new SpatialTransformer3D(localisation, affine)), ("projection", new DepthProjection()));
/// var image = network.Forward(volume); // (N, 1, 60, 60, 60) to (N, 1, 60, 60)
/// </code>
/// </example>
public sealed class SpatialTransformer3D : SpatialTransformerModule
{
    private readonly Warps.Warp3D _warp;

    /// <summary>Puts the parts together; it owns the localisation network, and what the transformation and the sampler learn, from now on.</summary>
    /// <param name="localisation">Takes U, returns θ, shape (N, P).</param>
    /// <param name="transformation">The family of T_θ.</param>
    /// <param name="sampler">How U is read; by default <see cref="BilinearSampler"/>, trilinear on volumes (equation 9).</param>
    /// <param name="output">The size of V; that of U by default.</param>
    /// <param name="align">Where ±1 lies; PyTorch's and ONNX's default, the edges, by default.</param>
    public SpatialTransformer3D(
        Module localisation, Transformation3D transformation, Sampler? sampler = null, Volume? output = null,
        AlignCorners align = AlignCorners.False)
        : base(localisation, transformation, sampler, align)
    {
        _warp = new Warps.Warp3D(transformation, Sampler);
        Transformation = transformation;
        Output = output;
    }

    /// <summary>The family of T_θ.</summary>
    public Transformation3D Transformation { get; }

    /// <summary>The size of V; null for that of U.</summary>
    public Volume? Output { get; }

    /// <inheritdoc/>
    public override Tensor Warp(Tensor input, Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireInput(input);
        return _warp.Apply(input, theta, Output ?? Shapes.VolumeOf(input), Align);
    }

    /// <inheritdoc/>
    private protected override void RequireInput(Tensor input) => Shapes.RequireVolume(input);
}
