using Stn.Checks.Cases;
using Stn.Checks.Scalar;
using Stn.Kernels;

namespace Stn.Checks.Results;

/// <summary>A place where libtorch's own paths disagree with each other or with its documentation, and so with Stn's one rule.</summary>
/// <param name="Name">Short.</param>
/// <param name="Reason">What libtorch does, and what Stn does.</param>
/// <param name="Excuses">Whether it explains a difference of V at a point.</param>
public sealed record KnownDisagreement(string Name, string Reason, Func<WarpCase, SourcePlace, Difference, bool> Excuses)
{
    /// <summary>Those that are known. Nothing else is excused.</summary>
    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
    ];

    private static PaddingMode ModeOf(WarpCase one) => one.Sampler.Sampler.Kernel!.Value.Padding.Mode;
}
