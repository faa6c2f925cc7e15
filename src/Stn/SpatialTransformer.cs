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
/// <see cref="Pass"/> sees θ under the name <see cref="ThetaName"/>.</para>
/// </remarks>
public sealed class SpatialTransformer : Module
{
    /// <summary>The name under which an observer sees θ, (N, P).</summary>
    public const string ThetaName = "theta";

    private readonly Module _localisation;
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
    {
        ArgumentNullException.ThrowIfNull(localisation);
        ArgumentNullException.ThrowIfNull(transformation);
        _localisation = localisation;
        Sampler = sampler ?? new BilinearSampler();
        _warp = Warps.Warp.Of(transformation, Sampler);
        Transformation = transformation;
        Output = output;
        Align = align;
    }

    /// <summary>The family of T_θ.</summary>
    public Transformation Transformation { get; }

    /// <summary>How U is read.</summary>
    public Sampler Sampler { get; }

    /// <summary>The size of V; null for that of U.</summary>
    public Plane? Output { get; }

    /// <summary>The convention of grid and sampler.</summary>
    public AlignCorners Align { get; }

    /// <summary>What the transformation and the sampler learn themselves: a learned B as <c>transformation.basis</c>, for one.</summary>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters =>
    [
        .. Transformation.OwnParameters.Select(own => ($"transformation.{own.Name}", own.Parameter)),
        .. Sampler.OwnParameters.Select(own => ($"sampler.{own.Name}", own.Parameter)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [(LocalisationGroups.Name, _localisation)];

    /// <summary>V from U.</summary>
    /// <param name="input">U, shape (N, C, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>V, shape (N, C, h, w).</returns>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var warped = Forward(input, pass, out var theta);
        theta.Dispose(); // the graph holds what it needs of it
        return warped;
    }

    /// <summary>V and θ from U; θ is part of the graph, and the rest of a network may use it (section 3.4).</summary>
    /// <param name="input">U, shape (N, C, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <returns>V, shape (N, C, h, w).</returns>
    /// <exception cref="ArgumentException">U is not NCHW, or the localisation network did not return (N, P).</exception>
    public Tensor Forward(Tensor input, Pass pass, out Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(pass);
        Shapes.RequireImage(input);
        theta = _localisation.Forward(input, pass);
        Transformation.RequireShape(theta);
        pass.Observer?.Invoke(this, ThetaName, theta);
        return Warp(input, theta);
    }

    /// <summary>V from U and a θ from elsewhere.</summary>
    /// <param name="input">U, shape (N, C, H, W).</param>
    /// <param name="theta">θ, shape (N, P).</param>
    public Tensor Warp(Tensor input, Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Output ?? new Plane((int)input.Size(2), (int)input.Size(3));
        return _warp.Apply(input, theta, output, Align);
    }
}
