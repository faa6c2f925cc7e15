using System.Runtime.CompilerServices;

namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>Sums of products with a table, for a pair of sequences of vectors at once: the real and the imaginary part, or two rows.</summary>
/// <remarks>A sequence lies as its sums s, [j], and its differences d, [j]; so do its results a and b.</remarks>
internal static unsafe class Halves
{
    /// <summary>a_i = Σ cos·s_j and b_i = Σ sin·d_j, for both sequences, the second <paramref name="apart"/> floats behind the first.</summary>
    internal static void Multiply<T>(float* sums, float* differences, nint apart, float* cosines, float* sines, int half, float* a, float* b)
        where T : struct, ILanes<T>
    {
        for (var i = 0; i < half; i += 2)
        {
            var second = i + 1 < half ? i + 1 : i;
            var (row, next) = (i * half, second * half);
            Pair<T>(sums, apart, cosines + row, cosines + next, half, a + (i * T.Count), a + (second * T.Count));
            Pair<T>(differences, apart, sines + row, sines + next, half, b + (i * T.Count), b + (second * T.Count));
        }
    }

    /// <summary>x_j ± x_mirror: the sums and differences of a sequence whose points are so many floats apart.</summary>
    internal static void Fold<T>(float* sequence, nint step, HalfTable table, float* sums, float* differences)
        where T : struct, ILanes<T>
    {
        var minus = T.All(-1);
        var one = T.All(1);
        for (var j = 0; j < table.Half; j++, sums += T.Count, differences += T.Count)
        {
            var mirror = table.Mirror(j);
            var value = T.Load(sequence + (j * step));
            var other = mirror == j ? T.All(0) : T.Load(sequence + (mirror * step));
            T.MultiplyAdd(other, one, value).Store(sums);
            T.MultiplyAdd(other, minus, mirror == j ? T.All(0) : value).Store(differences);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<T>(float* from, nint apart, float* first, float* second, int half, float* to, float* toSecond)
        where T : struct, ILanes<T>
    {
        var (p, q, r, s) = (T.All(0), T.All(0), T.All(0), T.All(0));
        for (var j = 0; j < half; j++, from += T.Count)
        {
            var (x, y) = (T.Load(from), T.Load(from + apart));
            var (c, d) = (T.All(first[j]), T.All(second[j]));
            p = T.MultiplyAdd(x, c, p);
            q = T.MultiplyAdd(y, c, q);
            r = T.MultiplyAdd(x, d, r);
            s = T.MultiplyAdd(y, d, s);
        }

        p.Store(to);
        q.Store(to + apart);
        r.Store(toSecond);
        s.Store(toSecond + apart);
    }
}
