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
        var weights = theta + (image * Sums);
        for (var run = 0; run < tile.Runs; run++)
        {
            var start = tile.StagedStart(run);
            Combine(basis + tile.TargetStart(run), weights, sourceX, staged.X + start, tile.RunLength);
            Combine(basis + tile.TargetStart(run), weights + functions, sourceY, staged.Y + start, tile.RunLength);
        }
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        for (var run = 0; run < tile.Runs; run++)
        {
            var gradientX = staged.GradientX + tile.StagedStart(run);
            var gradientY = staged.GradientY + tile.StagedStart(run);
            for (var k = 0; k < functions; k++)
            {
                var function = basis + ((long)k * target.Length) + tile.TargetStart(run);
                sums[k] += sourceX.PixelsPerUnit * Dot(function, gradientX, tile.RunLength);
                sums[functions + k] += sourceY.PixelsPerUnit * Dot(function, gradientY, tile.RunLength);
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

    // pixels[i] = middle + scale·Σ_k weights[k]·B_k[i]; four vectors of points a turn share each weight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(T* function, T* weights, Axis axis, T* pixels, int count)
    {
        var (scale, middle) = (T.CreateTruncating(axis.PixelsPerUnit), T.CreateTruncating(axis.Middle));
        var i = 0;
        if (Simd.IsVector<T>())
        {
            var (lanes, (scales, middles)) = (Vector256<T>.Count, (Vector256.Create(scale), Vector256.Create(middle)));
            for (; i <= count - (4 * lanes); i += 4 * lanes)
            {
                Vector256<T> a = default, b = default, c = default, d = default;
                var at = function + i;
                for (var k = 0; k < functions; k++, at += target.Length)
                {
                    var weight = Vector256.Create(weights[k]);
                    a = Simd.MultiplyAdd(weight, Vector256.Load(at), a);
                    b = Simd.MultiplyAdd(weight, Vector256.Load(at + lanes), b);
                    c = Simd.MultiplyAdd(weight, Vector256.Load(at + (2 * lanes)), c);
                    d = Simd.MultiplyAdd(weight, Vector256.Load(at + (3 * lanes)), d);
                }

                Simd.MultiplyAdd(a, scales, middles).Store(pixels + i);
                Simd.MultiplyAdd(b, scales, middles).Store(pixels + i + lanes);
                Simd.MultiplyAdd(c, scales, middles).Store(pixels + i + (2 * lanes));
                Simd.MultiplyAdd(d, scales, middles).Store(pixels + i + (3 * lanes));
            }
        }

        for (; i < count; i++)
        {
            var sum = T.Zero;
            for (var k = 0; k < functions; k++)
                sum = T.FusedMultiplyAdd(weights[k], function[((long)k * target.Length) + i], sum);
            pixels[i] = T.FusedMultiplyAdd(sum, scale, middle);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(T* a, T* b, int count)
    {
        var (sum, i) = (T.Zero, 0);
        if (Simd.IsVector<T>())
        {
            var (even, odd) = (Vector256<T>.Zero, Vector256<T>.Zero);
            var lanes = Vector256<T>.Count;
            for (; i <= count - (2 * lanes); i += 2 * lanes)
            {
                even = Simd.MultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), even);
                odd = Simd.MultiplyAdd(Vector256.Load(a + i + lanes), Vector256.Load(b + i + lanes), odd);
            }

            sum = Vector256.Sum(even + odd);
        }

        for (; i < count; i++)
            sum += a[i] * b[i];
        return double.CreateTruncating(sum);
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
