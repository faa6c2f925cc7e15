namespace Stn.Torch.Optimisers;

/// <summary>The numbers of one step of Adam for one parameter, each rounded once.</summary>
internal readonly record struct AdamNumbers
{
    /// <summary>β₁.</summary>
    internal float Mean { get; init; }

    /// <summary>1 − β₁.</summary>
    internal float MeanRest { get; init; }

    /// <summary>β₂.</summary>
    internal float Square { get; init; }

    /// <summary>1 − β₂.</summary>
    internal float SquareRest { get; init; }

    /// <summary>1/√(1 − β₂ᵗ).</summary>
    internal float Correction { get; init; }

    /// <summary>ε.</summary>
    internal float Epsilon { get; init; }

    /// <summary>The rate over 1 − β₁ᵗ.</summary>
    internal float Rate { get; init; }

    /// <summary>The part of the parameter that is added to its gradient.</summary>
    internal float Decay { get; init; }

    /// <summary>What the parameter is multiplied by before.</summary>
    internal float Shrink { get; init; }
}
