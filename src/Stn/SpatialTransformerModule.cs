using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <summary>
/// What the spatial transformers of images, <see cref="SpatialTransformer"/>, and of volumes, <see cref="SpatialTransformer3D"/>,
/// share: a localisation network that looks at U and predicts θ, and a sampler.
/// </summary>
public abstract class SpatialTransformerModule : Module
{
    /// <summary>The name under which an observer sees θ, (N, P).</summary>
    public const string ThetaName = "theta";

    private Module _localisation;

    private protected SpatialTransformerModule(Module localisation, TransformationFamily transformation, Sampler? sampler, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(localisation);
        ArgumentNullException.ThrowIfNull(transformation);
        (_localisation, Family) = (localisation, transformation);
        Sampler = sampler ?? new BilinearSampler();
        Align = align;
    }

    /// <summary>The family of T_θ, of images or of volumes.</summary>
    internal TransformationFamily Family { get; }

    /// <summary>How U is read.</summary>
    public Sampler Sampler { get; }

    /// <summary>The convention of grid and sampler.</summary>
    public AlignCorners Align { get; }

    /// <summary>What the transformation and the sampler learn themselves: a learned B as <c>transformation.basis</c>, for one.</summary>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters =>
    [
        .. Family.OwnParameters.Select(own => ($"transformation.{own.Name}", own.Parameter)),
        .. Sampler.OwnParameters.Select(own => ($"sampler.{own.Name}", own.Parameter)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [(LocalisationGroups.Name, _localisation)];

    /// <inheritdoc/>
    public override IReadOnlyList<PartSlot> Slots => [new(LocalisationGroups.Name, _localisation, part => _localisation = part)];

    /// <summary>V from U.</summary>
    /// <param name="input">U, shape (N, C, H, W), of volumes (N, C, D, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>V, shape (N, C, h, w) or (N, C, d, h, w); on a CPU the channels are innermost in memory where they are in U.</returns>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var warped = Forward(input, pass, out var theta);
        theta.Dispose(); // the graph holds what it needs of it
        return warped;
    }

    /// <summary>V and θ from U; θ is part of the graph, and the rest of a network may use it (section 3.4).</summary>
    /// <param name="input">U, shape (N, C, H, W), of volumes (N, C, D, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <returns>V, shape (N, C, h, w) or (N, C, d, h, w).</returns>
    /// <exception cref="ArgumentException">U has another shape, or the localisation network did not return (N, P).</exception>
    public Tensor Forward(Tensor input, Pass pass, out Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(pass);
        RequireInput(input);
        if (input.IsChannelsLast && !input.Device.IsCuda)
            return ForwardChannelsLast(input, pass, out theta);
        theta = _localisation.Forward(input, pass);
        return WarpBy(ref theta, input, pass);
    }

    /// <summary>V from U and a θ from elsewhere.</summary>
    /// <param name="input">U, shape (N, C, H, W), of volumes (N, C, D, H, W).</param>
    /// <param name="theta">θ, shape (N, P), of the type of U.</param>
    /// <exception cref="ArgumentException">A shape or a type is not as said.</exception>
    public abstract Tensor Warp(Tensor input, Tensor theta);

    /// <summary>V by a predicted θ, which the observer sees, and in whose place the pass may put another one.</summary>
    internal Tensor WarpBy(ref Tensor theta, Tensor input, Pass pass)
    {
        Family.RequireShape(theta);
        theta = pass.See(this, ThetaName, theta);
        return Warp(input, theta);
    }

    // Laid out anew once, for the localisation network and for the kernels; V lies as U did.
    private Tensor ForwardChannelsLast(Tensor input, Pass pass, out Tensor theta)
    {
        // No scope of its own: the pass may keep what it makes of θ.
        using var planes = LayoutFunction.Of(input, isChannelsLast: false);
        theta = _localisation.Forward(planes, pass);
        using var warped = WarpBy(ref theta, planes, pass);
        return LayoutFunction.Of(warped, isChannelsLast: true);
    }

    /// <summary>Throws unless U has the shape that <see cref="Warp"/> takes.</summary>
    private protected abstract void RequireInput(Tensor input);
}
