using Stn.Torch;

namespace Stn.Checks.Cases;

/// <summary>A warp to one target, and what was made for it alone.</summary>
/// <param name="pair">Both sides.</param>
/// <param name="owned">Freed with it.</param>
public sealed class PreparedWarp(WarpPair pair, IReadOnlyList<Parameter> owned) : IDisposable
{
    /// <summary>Both sides.</summary>
    public WarpPair Pair { get; } = pair;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in owned)
            parameter.Dispose();
    }
}
