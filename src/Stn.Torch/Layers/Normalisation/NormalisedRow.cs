using System.Runtime.Intrinsics;

namespace Stn.Torch.Layers.Normalisation;

/// <summary>
/// The loops over neighbouring numbers of one channel. <c>off</c> is the number up to which ReLU gives zero: 0, or NaN for none, since nothing
/// is at most NaN; a number that is NaN itself stays, as in libtorch.
/// </summary>
internal static unsafe class NormalisedRow
{
    /// <summary>y = ReLU(x·scale + shift + added), without an addition where that is null.</summary>
    internal static void Forward(float* x, float* added, float* y, int length, float scale, float shift, float off)
    {
        var (scales, shifts, offs) = (Vector512.Create(scale), Vector512.Create(shift), Vector512.Create(off));
        var i = 0;
        for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var value = Vector512.FusedMultiplyAdd(Vector512.Load(x + i), scales, shifts);
            if (added != null)
                value += Vector512.Load(added + i);
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(value, offs), Vector512<float>.Zero, value).Store(y + i);
        }

        for (; i < length; i++)
        {
            var value = MathF.FusedMultiplyAdd(x[i], scale, shift) + (added != null ? added[i] : 0);
            y[i] = value <= off ? 0 : value;
        }
    }

    /// <summary>Σg and Σg·(x − mean), g the part of y's gradient that ReLU lets through, which is written down unless <c>through</c> is null.</summary>
    internal static (double Sum, double Product) Sums(float* gradient, float* y, float* x, float* through, int length, float mean, float off)
    {
        var (sums, products) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (means, offs) = (Vector512.Create(mean), Vector512.Create(off));
        var i = 0;
        for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var g = Through(Vector512.Load(gradient + i), Vector512.Load(y + i), offs);
            if (through != null)
                g.Store(through + i);
            sums += g;
            products = Vector512.FusedMultiplyAdd(g, Vector512.Load(x + i) - means, products);
        }

        double sum = Vector512.Sum(sums), product = Vector512.Sum(products);
        for (; i < length; i++)
        {
            var g = y[i] <= off ? 0 : gradient[i];
            if (through != null)
                through[i] = g;
            sum += g;
            product += (double)g * (x[i] - mean);
        }

        return (sum, product);
    }

    /// <summary>The gradient of x: g·slope + (x − mean)·lean + level.</summary>
    internal static void Backward(float* gradient, float* y, float* x, float* result, int length, float mean, float off, in NormalisedSlopes slopes)
    {
        var (means, offs) = (Vector512.Create(mean), Vector512.Create(off));
        var (slope, lean, level) = (Vector512.Create(slopes.Slope), Vector512.Create(slopes.Lean), Vector512.Create(slopes.Level));
        var i = 0;
        for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var g = Through(Vector512.Load(gradient + i), Vector512.Load(y + i), offs);
            var rest = Vector512.FusedMultiplyAdd(Vector512.Load(x + i) - means, lean, level);
            Vector512.FusedMultiplyAdd(g, slope, rest).Store(result + i);
        }

        for (; i < length; i++)
        {
            var g = y[i] <= off ? 0 : gradient[i];
            result[i] = (g * slopes.Slope) + ((x[i] - mean) * slopes.Lean) + slopes.Level;
        }
    }

    private static Vector512<float> Through(Vector512<float> gradient, Vector512<float> y, Vector512<float> off) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(y, off), Vector512<float>.Zero, gradient);
}

/// <summary>How the gradient of x follows from that of y.</summary>
/// <param name="Slope">w/σ.</param>
/// <param name="Lean">−w/σ · Σg·(x − mean)/(M·σ²).</param>
/// <param name="Level">−w/σ · Σg/M.</param>
internal readonly record struct NormalisedSlopes(float Slope, float Lean, float Level);
