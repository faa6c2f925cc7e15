namespace Stn.Data.Randomness;

/// <summary>The order of the images of an epoch.</summary>
public static class Permutation
{
    /// <summary>A uniform permutation of 0 … <paramref name="count"/> − 1 (Fisher–Yates), a function of (seed, epoch).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="epoch"/> is negative.</exception>
    public static int[] Of(int count, ulong seed, int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        var random = new CounterRandom(seed, RandomPurpose.Order, epoch, index: 0);
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var other = random.NextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }

        return order;
    }
}
