namespace Stn.Data.Randomness;

/// <summary>
/// The random numbers that belong to (seed, purpose, epoch, index): the same on any machine, in any order of asking and
/// on any thread, since each is a function of where it stands. A value to pass by reference; a copy repeats its numbers.
/// </summary>
/// <param name="seed">The seed of the run: the key of <see cref="Philox4x32"/>.</param>
/// <param name="purpose">What the numbers are for.</param>
/// <param name="epoch">The epoch, or 0 where there is none.</param>
/// <param name="index">The image, or 0 where there is none.</param>
public struct CounterRandom(ulong seed, RandomPurpose purpose, int epoch, int index)
{
    private readonly (uint, uint) _key = ((uint)seed, (uint)(seed >> 32));
    private readonly (uint Index, uint Epoch, uint Purpose) _place = ((uint)index, (uint)epoch, (uint)purpose);
    private (uint X0, uint X1, uint X2, uint X3) _block;
    private uint _used;

    /// <summary>A uniform 32-bit word.</summary>
    public uint NextUInt32()
    {
        var word = _used % 4;
        if (word == 0)
            _block = Philox4x32.Block((_used / 4, _place.Index, _place.Epoch, _place.Purpose), _key);

        // 2^32 words of one image would repeat; no distortion comes near.
        _used = checked(_used + 1);
        return word switch { 0 => _block.X0, 1 => _block.X1, 2 => _block.X2, _ => _block.X3 };
    }

    /// <summary>A uniform number in [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        var high = (ulong)(NextUInt32() >> 5);
        var low = (ulong)(NextUInt32() >> 6);
        return ((high << 26) | low) * (1.0 / (1ul << 53));
    }

    /// <summary>A uniform number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        // Lemire's method: of the 2^32 products, the first 2^32 mod bound would make some results more likely than others.
        var excess = (uint)((1ul << 32) % range);
        ulong product;
        do
            product = (ulong)NextUInt32() * range;
        while ((uint)product < excess);
        return (int)(product >> 32);
    }

    /// <summary>A normal number with mean 0 and deviation 1: the first of <see cref="NormalPair"/>.</summary>
    /// <remarks>The second is left: keeping it would make the numbers depend on what was asked before.</remarks>
    public double Normal() => NormalPair().X;

    /// <summary>Two independent normal numbers with mean 0 and deviation 1, by Marsaglia's polar method.</summary>
    public (double X, double Y) NormalPair()
    {
        while (true)
        {
            var (x, y) = (Uniform(-1, 1), Uniform(-1, 1));
            var square = (x * x) + (y * y);
            if (square is > 0 and < 1)
            {
                var length = Math.Sqrt(-2 * ExactMath.Log(square) / square);
                return (x * length, y * length);
            }
        }
    }
}
