using Stn.Torch;

namespace Stn.Guards;

/// <summary>
/// Stands between localisation networks and warps during one training step: limits the gradient of θ, pulls θ towards the identity,
/// and measures both. Give <see cref="Through"/> to the step's <see cref="Pass"/>, and add <see cref="Penalty"/> to its loss.
/// </summary>
/// <remarks>
/// The limit is for the gradient with respect to θ and not for that of the localisation network's weights: it is in units of
/// loss per normalised coordinate whatever the network is, and holds for each sample, so that one sample whose θ is at an edge
/// neither moves the others nor is averaged away.
/// </remarks>
/// <example>
/// <code>
/// var guard = new ThetaGuard { GradientLimit = 1, IdentityPenalty = 0.01 };
/// var loss = Functional.CrossEntropy(network.Forward(images, new Pass { IsTraining = true, Replace = guard.Through }), labels);
/// (guard.Penalty is { } penalty ? loss + penalty : loss).Backward();
/// </code>
/// </example>
public sealed class ThetaGuard
{
    private readonly List<(GuardedTheta Theta, ClippedTheta? Gradient)> _seen = [];

    /// <summary>If above 0, the norm that the gradient of one sample's loss with respect to its θ is scaled down to.</summary>
    public double GradientLimit { get; init; }

    /// <summary>The weight of the penalty: the mean over the samples of Σ(θ − identity)², for each transformer.</summary>
    public double IdentityPenalty { get; init; }

    /// <summary>Whether the health of each transformer and the norm of its θ's gradient are measured, which costs some time.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>What to add to the loss; null without <see cref="IdentityPenalty"/>, or where no transformer was passed. Freed by the scope of the step.</summary>
    public Tensor? Penalty { get; private set; }

    /// <summary>The transformers in the order of the pass; the gradients are there after the way back.</summary>
    public IReadOnlyList<GuardedTheta> Seen => [.. _seen.Select(one => one.Theta with { GradientNorm = one.Gradient?.MeanNorm })];

    /// <summary>θ on its way: the same values, guarded. What is no θ goes through as it is.</summary>
    public Tensor Through(Module module, string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (module is not SpatialTransformerModule transformer || name != SpatialTransformerModule.ThetaName)
            return value;
        if (IdentityPenalty > 0)
            AddPenalty(transformer, value);
        var gradient = GradientLimit > 0 || IsMeasured ? new ClippedTheta(GradientLimit, IsMeasured) : null;
        if (IsMeasured)
            _seen.Add((new GuardedTheta(transformer, Measure(transformer, value), null), gradient));
        return gradient is null ? value : gradient.Apply(value)[0];
    }

    private static WarpHealth? Measure(SpatialTransformerModule transformer, Tensor theta) => transformer switch
    {
        SpatialTransformer flat => WarpHealth.Measure(flat.Transformation, theta),
        SpatialTransformer3D solid => WarpHealth.Measure(solid.Transformation, theta),
        _ => null,
    };

    private void AddPenalty(SpatialTransformerModule transformer, Tensor theta)
    {
        var identity = Tensor.From(transformer.Family.Identity.ToArray(), 1, transformer.Family.ParameterCount).To(theta.Type).To(theta.Device);
        var distance = theta - identity;
        var penalty = (distance * distance).Sum([1]).Mean() * IdentityPenalty;
        Penalty = Penalty is null ? penalty : Penalty + penalty;
    }
}

/// <summary>What a guard measured of a transformer in one step.</summary>
/// <param name="Transformer">The transformer.</param>
/// <param name="Health">Of its warps.</param>
/// <param name="GradientNorm">The mean over the samples of ‖∂ℓᵢ/∂θᵢ‖ before the limit; null before the way back.</param>
public sealed record GuardedTheta(SpatialTransformerModule Transformer, WarpHealth? Health, double? GradientNorm);
