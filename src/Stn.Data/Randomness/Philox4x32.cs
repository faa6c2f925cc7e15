namespace Stn.Data.Randomness;

/// <summary>
/// Philox 4×32 with 10 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): a block cipher whose
/// outputs for the counters 0, 1, 2 … are random numbers. There is no state: any number can be computed at once.
/// </summary>
public static class Philox4x32
{
    private const int Rounds = 10;

    /// <summary>The four random words of a counter under a key; index 0 is the lowest word, as in the published vectors.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block((uint X0, uint X1, uint X2, uint X3) counter, (uint K0, uint K1) key)
    {
        var (x0, x1, x2, x3) = counter;
        var (k0, k1) = key;
        for (var round = 0; round < Rounds; round++)
        {
            var a = 0xD2511F53ul * x0;
            var b = 0xCD9E8D57ul * x2;
            (x0, x1, x2, x3) = ((uint)(b >> 32) ^ x1 ^ k0, (uint)b, (uint)(a >> 32) ^ x3 ^ k1, (uint)a);
            unchecked
            {
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
        }

        return (x0, x1, x2, x3);
    }
}
