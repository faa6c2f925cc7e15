using System.Numerics;
using System.Runtime.Intrinsics;
using Stn.Kernels.Threading;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// The general transformation of the paper, T = M_θ·B: each source coordinate is a sum of K basis functions over the target,
/// x_s = Σ_k θ_xk·B_k and y_s = Σ_k θ_yk·B_k, with B shared by the batch.
/// </summary>
internal readonly unsafe struct BasisPoints<T>(
    T* basis, int functions, T* theta, T* gradientBasis, Turns? turns, Volume source, Volume target, AlignCorners align, bool again)
    : IPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The gradients of so many points stay in the first-level cache from some functions to the next.
    private const int PointsOfBlock = 2048;

    private readonly long call = PackedBasis.NextCall();
    private readonly Axis sourceX = new(source.Width, align);
    private readonly Axis sourceY = new(source.Height, align);

    public int Dimensions => 2;

    public Turns? Turns => turns;

    public int Sums => 2 * functions;

    public bool EndsAtCorners => false;

    /// <summary>The functions at a tile are read for one image after the other.</summary>
    public bool TileFirst => true;

    public (int Start, int Length) Room(in Tile tile) => (0, tile.StagedLength);

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        var length = PackedBasis.RoundUp(tile.StagedLength);
        var some = PackedBasis.Points(functions, again);
        for (var first = 0; first < length; first += some)
        {
            var count = Math.Min(some, length - first);
            var panels = PackedBasis.Of(basis, functions, target, tile, first, count, call);
            Combine(panels, count, theta + (image * Sums), staged.X + first, staged.Y + first);
        }
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        ClearSlack(tile, staged.GradientX);
        ClearSlack(tile, staged.GradientY);
        var length = PackedBasis.RoundUp(tile.StagedLength);
        var some = PackedBasis.Points(functions, again);
        for (var first = 0; first < length; first += some)
        {
            var count = Math.Min(some, length - first);
            var panels = PackedBasis.Of(basis, functions, target, tile, first, count, call);
            for (var i = 0; i < count; i += PointsOfBlock)
            {
                var at = first + i;
                Dots(panels + ((long)i * functions), Math.Min(PointsOfBlock, count - i), staged.GradientX + at, staged.GradientY + at, sums);
            }
        }

        if (gradientBasis == null)
            return;
        turns?.Await(tile.Index, image);
        ToBasis(image, tile, staged);
        turns?.End(tile.Index);
    }

    private void Combine(T* panels, int count, T* weights, T* x, T* y)
    {
        var ofX = (T.CreateTruncating(sourceX.PixelsPerUnit), T.CreateTruncating(sourceX.Middle));
        var ofY = (T.CreateTruncating(sourceY.PixelsPerUnit), T.CreateTruncating(sourceY.Middle));
        if (Simd.IsWide && Simd.IsVector<T>())
            new BasisProducts<T, Lanes512<T>>(functions).Combine(panels, count / PackedBasis.Panel, weights, x, y, ofX, ofY);
        else if (Simd.IsVector<T>())
            new BasisProducts<T, Lanes256<T>>(functions).Combine(panels, count / PackedBasis.Panel, weights, x, y, ofX, ofY);
        else
            new BasisProducts<T, OneLane<T>>(functions).Combine(panels, count / PackedBasis.Panel, weights, x, y, ofX, ofY);
    }

    private void Dots(T* panels, int count, T* x, T* y, double* sums)
    {
        var (scaleX, scaleY) = (sourceX.PixelsPerUnit, sourceY.PixelsPerUnit);
        if (Simd.IsWide && Simd.IsVector<T>())
            new BasisProducts<T, Lanes512<T>>(functions).Dots(panels, count / PackedBasis.Panel, x, y, scaleX, scaleY, sums);
        else if (Simd.IsVector<T>())
            new BasisProducts<T, Lanes256<T>>(functions).Dots(panels, count / PackedBasis.Panel, x, y, scaleX, scaleY, sums);
        else
            new BasisProducts<T, OneLane<T>>(functions).Dots(panels, count / PackedBasis.Panel, x, y, scaleX, scaleY, sums);
    }

    // What was computed in slack lanes does not count, even if it is not finite.
    private static void ClearSlack(in Tile tile, T* gradients)
    {
        for (var run = 0; run < tile.Runs; run++)
        {
            var (start, next) = (tile.StagedStart(run) + tile.RunLength, PackedBasis.RoundUp(tile.StagedLength));
            new Span<T>(gradients + start, (run < tile.Runs - 1 ? tile.StagedStart(run + 1) : next) - start).Clear();
        }
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
