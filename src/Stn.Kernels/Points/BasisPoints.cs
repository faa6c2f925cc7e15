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
            for (var k = 0; k < functions; k++)
            {
                var function = basis + ((long)k * target.Length) + tile.TargetStart(run);
                var (x, y) = Dots(function, staged.GradientX + start, staged.GradientY + start, tile.RunLength);
                sums[k] += sourceX.PixelsPerUnit * x;
                sums[functions + k] += sourceY.PixelsPerUnit * y;
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

    // x[i] = middle + scale·Σ_k weights[k]·B_k[i], and y with the next K weights; two vectors of points a turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(T* function, T* weights, T* x, T* y, int count)
    {
        var (scaleX, middleX) = (T.CreateTruncating(sourceX.PixelsPerUnit), T.CreateTruncating(sourceX.Middle));
        var (scaleY, middleY) = (T.CreateTruncating(sourceY.PixelsPerUnit), T.CreateTruncating(sourceY.Middle));
        var i = 0;
        if (Simd.IsVector<T>())
        {
            var lanes = Vector256<T>.Count;
            for (; i <= count - (2 * lanes); i += 2 * lanes)
            {
                Vector256<T> x0 = default, x1 = default, y0 = default, y1 = default;
                var at = function + i;
                for (var k = 0; k < functions; k++, at += target.Length)
                {
                    var (first, second) = (Vector256.Load(at), Vector256.Load(at + lanes));
                    var (toX, toY) = (Vector256.Create(weights[k]), Vector256.Create(weights[functions + k]));
                    (x0, x1) = (Simd.MultiplyAdd(toX, first, x0), Simd.MultiplyAdd(toX, second, x1));
                    (y0, y1) = (Simd.MultiplyAdd(toY, first, y0), Simd.MultiplyAdd(toY, second, y1));
                }

                Simd.MultiplyAdd(x0, Vector256.Create(scaleX), Vector256.Create(middleX)).Store(x + i);
                Simd.MultiplyAdd(x1, Vector256.Create(scaleX), Vector256.Create(middleX)).Store(x + i + lanes);
                Simd.MultiplyAdd(y0, Vector256.Create(scaleY), Vector256.Create(middleY)).Store(y + i);
                Simd.MultiplyAdd(y1, Vector256.Create(scaleY), Vector256.Create(middleY)).Store(y + i + lanes);
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

    // Σ f[i]·x[i] and Σ f[i]·y[i].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double X, double Y) Dots(T* f, T* x, T* y, int count)
    {
        var (sumX, sumY, i) = (T.Zero, T.Zero, 0);
        if (Simd.IsVector<T>() && count >= 2 * Vector256<T>.Count)
        {
            var lanes = Vector256<T>.Count;
            Vector256<T> x0 = default, x1 = default, y0 = default, y1 = default;
            for (; i <= count - (2 * lanes); i += 2 * lanes)
            {
                var (first, second) = (Vector256.Load(f + i), Vector256.Load(f + i + lanes));
                x0 = Simd.MultiplyAdd(first, Vector256.Load(x + i), x0);
                x1 = Simd.MultiplyAdd(second, Vector256.Load(x + i + lanes), x1);
                y0 = Simd.MultiplyAdd(first, Vector256.Load(y + i), y0);
                y1 = Simd.MultiplyAdd(second, Vector256.Load(y + i + lanes), y1);
            }

            (sumX, sumY) = (Vector256.Sum(x0 + x1), Vector256.Sum(y0 + y1));
        }

        for (; i < count; i++)
        {
            sumX += f[i] * x[i];
            sumY += f[i] * y[i];
        }

        return (double.CreateTruncating(sumX), double.CreateTruncating(sumY));
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
