using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>An explicit grid: (x, y) or (x, y, z) of each target point in memory, normalised.</summary>
/// <remarks>
/// Pixels are taken as PyTorch's scalar path takes them, ((g + 1)·size − 1)/2 or (g + 1)/2·(size − 1), so that the same grid
/// falls into the same cells.
/// </remarks>
internal readonly unsafe struct GridPoints<T>(T* grid, T* gradient, Volume source, Volume target, AlignCorners align, int dimensions)
    : IPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So much of the grid is asked for ahead of what is read or written: the memory is as large as U and V together.
    private const int RowsAhead = 4;
    private const int PointsAhead = 1024;

    private readonly long length = target.Length;

    public int Dimensions => dimensions;

    public int Sums => 0;

    public bool EndsAtCorners => false;

    public (int Start, int Length) Room(in Tile tile) => (0, tile.StagedLength);

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        for (var run = 0; run < tile.Runs; run++)
        {
            var from = grid + (((image * length) + tile.TargetStart(run)) * dimensions);
            var start = tile.StagedStart(run);
            if (dimensions == 2 && Simd.IsFastFor<T>())
            {
                Split((float*)from, (float*)(staged.X + start), (float*)(staged.Y + start), tile.RunLength, Ahead(tile));
                continue;
            }

            for (var i = 0; i < tile.RunLength; i++, from += dimensions)
            {
                staged.X[start + i] = Coordinates.ToPixel(from[0], source.Width, align);
                staged.Y[start + i] = Coordinates.ToPixel(from[1], source.Height, align);
                if (dimensions == 3)
                    staged.Z[start + i] = Coordinates.ToPixel(from[2], source.Depth, align);
            }
        }
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        var (scaleX, scaleY, scaleZ) = (Scale(source.Width), Scale(source.Height), Scale(source.Depth));
        for (var run = 0; run < tile.Runs; run++)
        {
            var to = gradient + (((image * length) + tile.TargetStart(run)) * dimensions);
            var start = tile.StagedStart(run);
            if (dimensions == 2 && Simd.IsFastFor<T>())
            {
                Join((float*)(staged.GradientX + start), (float*)(staged.GradientY + start), (float*)to, tile.RunLength, Ahead(tile));
                continue;
            }

            for (var i = 0; i < tile.RunLength; i++, to += dimensions)
            {
                to[0] = scaleX * staged.GradientX[start + i];
                to[1] = scaleY * staged.GradientY[start + i];
                if (dimensions == 3)
                    to[2] = scaleZ * staged.GradientZ[start + i];
            }
        }
    }

    // In values: the same columns of a later row, or what follows if rows follow each other.
    private nint Ahead(in Tile tile) => dimensions * (tile.Runs > 1 ? RowsAhead * (nint)target.Width : PointsAhead);

    private T Scale(int size) => T.CreateTruncating(new Axis(size, align).PixelsPerUnit);

    // 8 points a turn: two vectors of (x, y) pairs become a vector of x and one of y; the rest one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Split(float* from, float* x, float* y, int count, nint ahead)
    {
        var i = 0;
        for (; i <= count - 8; i += 8, from += 16)
        {
            Simd.Prefetch(from + ahead);
            var (low, high) = (Vector256.Load(from), Vector256.Load(from + 8));
            ToPixel(InOrder(Avx.Shuffle(low, high, 0b10_00_10_00)), source.Width).Store(x + i);
            ToPixel(InOrder(Avx.Shuffle(low, high, 0b11_01_11_01)), source.Height).Store(y + i);
        }

        for (; i < count; i++, from += 2)
        {
            x[i] = Coordinates.ToPixel(from[0], source.Width, align);
            y[i] = Coordinates.ToPixel(from[1], source.Height, align);
        }
    }

    // The reverse of Split for gradients: 8 points a turn become two vectors of (x, y) pairs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Join(float* x, float* y, float* to, int count, nint ahead)
    {
        var (scaleX, scaleY) = (float.CreateTruncating(Scale(source.Width)), float.CreateTruncating(Scale(source.Height)));
        var i = 0;
        for (; i <= count - 8; i += 8, to += 16)
        {
            Simd.Prefetch(to + ahead);
            var (allX, allY) = (Vector256.Load(x + i) * scaleX, Vector256.Load(y + i) * scaleY);
            var (low, high) = (Avx.UnpackLow(allX, allY), Avx.UnpackHigh(allX, allY));
            Avx.Permute2x128(low, high, 0x20).Store(to);
            Avx.Permute2x128(low, high, 0x31).Store(to + 8);
        }

        for (; i < count; i++, to += 2)
            (to[0], to[1]) = (x[i] * scaleX, y[i] * scaleY);
    }

    // Shuffle works within halves: points 0 1 4 5 | 2 3 6 7 become 0 to 7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InOrder(Vector256<float> value) =>
        Avx2.Permute4x64(value.AsDouble(), 0b11_01_10_00).AsSingle();

    // The operations of Coordinates.ToPixel in their order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> ToPixel(Vector256<float> normalised, int size)
    {
        var from = normalised + Vector256<float>.One;
        return align == AlignCorners.True ? from * 0.5f * (size - 1) : ((from * size) - Vector256<float>.One) * 0.5f;
    }
}
