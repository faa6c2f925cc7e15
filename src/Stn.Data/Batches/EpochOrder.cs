using Stn.Data.Randomness;

namespace Stn.Data.Batches;

/// <summary>The order of the images in each epoch, made once for all threads that ask.</summary>
internal sealed class EpochOrder(int count, ulong? seed)
{
    private readonly Lock _gate = new();
    // Threads work at the end of one epoch and at the start of the next.
    private readonly (int Epoch, int[]? Order)[] _recent = new (int, int[]?)[2];

    public int[] Of(int epoch)
    {
        lock (_gate)
        {
            ref var slot = ref _recent[epoch % _recent.Length];
            if (slot.Order is null || (seed is not null && slot.Epoch != epoch))
                slot = (epoch, seed is { } key ? Permutation.Of(count, key, epoch) : [.. Enumerable.Range(0, count)]);
            return slot.Order!;
        }
    }
}
