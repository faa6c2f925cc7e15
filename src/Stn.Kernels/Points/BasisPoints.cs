using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Threading;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// The general transformation of the paper, T = M_θ·B: each source coordinate is a sum of K basis functions over the target,
/// x_s = Σ_k θ_xk·B_k and y_s = Σ_k θ_yk·B_k, with B shared by the batch.
/// </summary>
internal readonly unsafe struct BasisPoints<T>(
    T* basis, int functions, T* theta, T* gradientBasis, Turns? turns, Volume source, Volume target, AlignCorners align) : IPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // How many functions are summed together: their sums and the gradients fit the registers.
    private const int Together = 4;

    private readonly Axis sourceX = new(source.Width, align);
    private readonly Axis sourceY = new(source.Height, align);

    public int Dimensions => 2;

    public Turns? Turns => turns;

    public int Sums => 2 * functions;

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        for (var run = 0; run < tile.Runs; run++)
        {
            var start = tile.StagedStart(run);
            Combine(basis + tile.TargetStart(run), theta + (image * Sums), staged.X + start, staged.Y + start, tile.RunLength);
        }
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        for (var run = 0; run < tile.Runs; run++)
        {
            var start = tile.StagedStart(run);
            for (var k = 0; k < functions; k += Together)
            {
                var function = basis + ((long)k * target.Length) + tile.TargetStart(run);
                Dots(function, Math.Min(Together, functions - k), staged.GradientX + start, staged.GradientY + start, tile.RunLength, sums + k);
            }
        }

        if (gradientBasis == null)
            return;
        turns?.Await(tile.Index, image);
        ToBasis(image, tile, staged);
        turns?.End(tile.Index);
    }

    // ∂B_k = θ_xk·∂x + θ_yk·∂y, summed over the batch.
    private void ToBasis(int image, in Tile tile, in Staged<T> staged)
    {
        for (var run = 0; run < tile.Runs; run++)
        {
            for (var k = 0; k < functions; k++)
            {
                var to = gradientBasis + ((long)k * target.Length) + tile.TargetStart(run);
                var x = T.CreateTruncating(sourceX.PixelsPerUnit) * theta[(image * Sums) + k];
                var y = T.CreateTruncating(sourceY.PixelsPerUnit) * theta[(image * Sums) + functions + k];
                AddScaled(to, staged.GradientX + tile.StagedStart(run), x, tile.RunLength);
                AddScaled(to, staged.GradientY + tile.StagedStart(run), y, tile.RunLength);
            }
        }
    }

    // x[i] = middle + scale·Σ_k weights[k]·B_k[i], and y with the next K weights; four vectors of points a turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(T* function, T* weights, T* x, T* y, int count)
    {
        var (scaleX, middleX) = (T.CreateTruncating(sourceX.PixelsPerUnit), T.CreateTruncating(sourceX.Middle));
        var (scaleY, middleY) = (T.CreateTruncating(sourceY.PixelsPerUnit), T.CreateTruncating(sourceY.Middle));
        var i = 0;
        if (Simd.IsVector<T>())
        {
            var lanes = Vector256<T>.Count;
            for (; i <= count - (4 * lanes); i += 4 * lanes)
            {
                Vector256<T> x0 = default, x1 = default, x2 = default, x3 = default;
                Vector256<T> y0 = default, y1 = default, y2 = default, y3 = default;
                var at = function + i;
                for (var k = 0; k < functions; k++, at += target.Length)
                {
                    var (toX, toY) = (Vector256.Create(weights[k]), Vector256.Create(weights[functions + k]));
                    var (b0, b1) = (Vector256.Load(at), Vector256.Load(at + lanes));
                    var (b2, b3) = (Vector256.Load(at + (2 * lanes)), Vector256.Load(at + (3 * lanes)));
                    (x0, x1) = (Simd.MultiplyAdd(toX, b0, x0), Simd.MultiplyAdd(toX, b1, x1));
                    (x2, x3) = (Simd.MultiplyAdd(toX, b2, x2), Simd.MultiplyAdd(toX, b3, x3));
                    (y0, y1) = (Simd.MultiplyAdd(toY, b0, y0), Simd.MultiplyAdd(toY, b1, y1));
                    (y2, y3) = (Simd.MultiplyAdd(toY, b2, y2), Simd.MultiplyAdd(toY, b3, y3));
                }

                Store(x + i, Vector256.Create(scaleX), Vector256.Create(middleX), x0, x1, x2, x3);
                Store(y + i, Vector256.Create(scaleY), Vector256.Create(middleY), y0, y1, y2, y3);
            }
        }

        for (; i < count; i++)
        {
            var (sumX, sumY) = (T.Zero, T.Zero);
            for (var k = 0; k < functions; k++)
            {
                var value = function[((long)k * target.Length) + i];
                sumX = T.FusedMultiplyAdd(weights[k], value, sumX);
                sumY = T.FusedMultiplyAdd(weights[functions + k], value, sumY);
            }

            x[i] = T.FusedMultiplyAdd(sumX, scaleX, middleX);
            y[i] = T.FusedMultiplyAdd(sumY, scaleY, middleY);
        }
    }

    // sums[k] += scale·Σ f_k[i]·x[i], and those of y K sums further, of a few functions: the gradients are loaded once for all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dots(T* f, int some, T* x, T* y, int count, double* sums)
    {
        var i = 0;
        if (Simd.IsVector<T>() && some == Together)
        {
            nint next = target.Length;
            Vector256<T> x0 = default, x1 = default, x2 = default, x3 = default;
            Vector256<T> y0 = default, y1 = default, y2 = default, y3 = default;
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                var (byX, byY) = (Vector256.Load(x + i), Vector256.Load(y + i));
                var (b0, b1) = (Vector256.Load(f + i), Vector256.Load(f + i + next));
                var (b2, b3) = (Vector256.Load(f + i + (2 * next)), Vector256.Load(f + i + (3 * next)));
                (x0, x1) = (Simd.MultiplyAdd(b0, byX, x0), Simd.MultiplyAdd(b1, byX, x1));
                (x2, x3) = (Simd.MultiplyAdd(b2, byX, x2), Simd.MultiplyAdd(b3, byX, x3));
                (y0, y1) = (Simd.MultiplyAdd(b0, byY, y0), Simd.MultiplyAdd(b1, byY, y1));
                (y2, y3) = (Simd.MultiplyAdd(b2, byY, y2), Simd.MultiplyAdd(b3, byY, y3));
            }

            AddSums(sums, sourceX.PixelsPerUnit, x0, x1, x2, x3);
            AddSums(sums + functions, sourceY.PixelsPerUnit, y0, y1, y2, y3);
        }

        for (var k = 0; k < some; k++, f += target.Length)
        {
            var (sumX, sumY) = (T.Zero, T.Zero);
            for (var point = i; point < count; point++)
            {
                sumX += f[point] * x[point];
                sumY += f[point] * y[point];
            }

            sums[k] += sourceX.PixelsPerUnit * double.CreateTruncating(sumX);
            sums[functions + k] += sourceY.PixelsPerUnit * double.CreateTruncating(sumY);
        }
    }

    private static void AddSums(double* sums, double scale, Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d)
    {
        sums[0] += scale * double.CreateTruncating(Vector256.Sum(a));
        sums[1] += scale * double.CreateTruncating(Vector256.Sum(b));
        sums[2] += scale * double.CreateTruncating(Vector256.Sum(c));
        sums[3] += scale * double.CreateTruncating(Vector256.Sum(d));
    }

    // place[0…] = middle + scale·sum, four vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        T* place, Vector256<T> scale, Vector256<T> middle, Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d)
    {
        var lanes = Vector256<T>.Count;
        Simd.MultiplyAdd(a, scale, middle).Store(place);
        Simd.MultiplyAdd(b, scale, middle).Store(place + lanes);
        Simd.MultiplyAdd(c, scale, middle).Store(place + (2 * lanes));
        Simd.MultiplyAdd(d, scale, middle).Store(place + (3 * lanes));
    }

    private static void AddScaled(T* destination, T* values, T scale, int count)
    {
        var i = 0;
        if (Simd.IsVector<T>())
        {
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                Simd.MultiplyAdd(Vector256.Create(scale), Vector256.Load(values + i), Vector256.Load(destination + i))
                    .Store(destination + i);
            }
        }

        for (; i < count; i++)
            destination[i] = T.FusedMultiplyAdd(scale, values[i], destination[i]);
    }
}
