using Stn.Data.Randomness;

namespace Stn.Experiments.Training;

/// <summary>libtorch's seeds, one for each purpose, from the run's one seed.</summary>
internal static class Seeds
{
    private const uint Weights = 1;
    private const uint Step = 2;

    /// <summary>For fresh weights.</summary>
    internal static ulong OfWeights(ulong seed) => Derive(seed, Weights, 0);

    /// <summary>For what is random within a step (dropout), so that a run can go on at any step.</summary>
    internal static ulong OfStep(ulong seed, long step) => Derive(seed, Step, (ulong)step);

    private static ulong Derive(ulong seed, uint purpose, ulong index)
    {
        var (x0, x1, _, _) = Philox4x32.Block(((uint)index, (uint)(index >> 32), purpose, 0), ((uint)seed, (uint)(seed >> 32)));
        return ((ulong)x1 << 32) | x0;
    }
}
