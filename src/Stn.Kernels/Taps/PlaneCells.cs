using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The cells of 2×2 pixels of a plane as it lies in memory, 8 points at a time: equation (5) of the paper as it is written,
/// each pixel weighted by max(0, 1 − |x − m|)·max(0, 1 − |y − n|).
/// </summary>
/// <remarks>
/// A point outside takes the nearest cell of the plane: the weights there are 0, or, within a pixel of the border, those of the
/// pixels that count. So there is no frame, no mask and no branch. It needs planes of at least 2×2 pixels, and finite values:
/// 0·∞ is not 0, and callers that find NaN in what they computed do the work again by another form.
/// </remarks>
internal static unsafe class PlaneCells
{
    // Above, the number of a pixel is not exact in float.
    private const int MostPixels = 1 << 24;

    /// <summary>Whether a plane has such cells.</summary>
    public static bool Fit(Volume source) => source.Width >= 2 && source.Height >= 2 && source.Length < MostPixels;

    /// <summary>
    /// Writes the first pixel of each point's cell, and its place in the cell: within [0, 1) for points inside. The positions stay.
    /// Fetches the cells of <paramref name="plane"/>, which is read next.
    /// </summary>
    /// <remarks>NaN goes to a last cell, with a place of NaN.</remarks>
    public static void Stage(in Staged<float> staged, Volume source, float* plane, int* index, float* placeX, float* placeY)
    {
        if (Simd.IsWide)
            Stage<Lanes512<float>>(staged, source, plane, index, placeX, placeY);
        else
            Stage<Lanes256<float>>(staged, source, plane, index, placeX, placeY);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stage<TLanes>(in Staged<float> staged, Volume source, float* plane, int* index, float* placeX, float* placeY)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var (lastX, lastY) = (TLanes.All(source.Width - 2f), TLanes.All(source.Height - 2f));
        var pitch = TLanes.All(source.Width);
        for (var i = 0; i < staged.Length; i += TLanes.Count)
        {
            var column = Split(staged.X + i, lastX, placeX + i);
            var row = Split(staged.Y + i, lastY, placeY + i);
            TLanes.MultiplyAdd(row, pitch, column).StoreIntegers(index + i);
            Simd.Prefetch(plane + index[i]);
            Simd.Prefetch(plane + index[i] + source.Width);
        }
    }

    /// <summary>The weights of a cell's first and second pixel along an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second) Weights(Vector256<float> place)
    {
        var (zero, one) = (Vector256<float>.Zero, Vector256<float>.One);
        var rest = one - place;
        // Max returns its second operand if the first is NaN: no weight.
        return (Avx.Max(Avx.Min(one + place, rest), zero), Avx.Max(Avx.Min(place, one + rest), zero));
    }

    /// <summary>Reads the cells of 8 points.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="width">W.</param>
    /// <param name="index">The first pixel of each cell.</param>
    /// <param name="nw">The pixels of the upper left; the others beside.</param>
    /// <param name="ne">Upper right.</param>
    /// <param name="sw">Lower left.</param>
    /// <param name="se">Lower right.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        float* plane, nint width, int* index, out Vector256<float> nw, out Vector256<float> ne, out Vector256<float> sw,
        out Vector256<float> se)
    {
        Pairs(plane, index, out nw, out ne);
        Pairs(plane + width, index, out sw, out se);
    }

    /// <summary>The first pixels of cells along an axis; writes the places in them.</summary>
    /// <param name="position">Positions along the axis.</param>
    /// <param name="last">The last cell.</param>
    /// <param name="place">For the places.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Split<TLanes>(float* position, TLanes last, float* place)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var at = TLanes.Load(position);
        var cell = TLanes.Max(TLanes.Min(TLanes.Floor(at), last), TLanes.All(0));
        (at - cell).Store(place);
        return cell;
    }

    // Two points' pairs fill 128 bits; points 0 1 | 4 5 and 2 3 | 6 7, so that one shuffle gives the lanes in order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pairs(float* row, int* index, out Vector256<float> west, out Vector256<float> east)
    {
        var outer = Vector256.Create(Two(row, index[0], index[1]), Two(row, index[4], index[5])).AsSingle();
        var inner = Vector256.Create(Two(row, index[2], index[3]), Two(row, index[6], index[7])).AsSingle();
        west = Avx.Shuffle(outer, inner, 0b10_00_10_00);
        east = Avx.Shuffle(outer, inner, 0b11_01_11_01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Two(float* row, nint first, nint second) =>
        Sse2.LoadHigh(Sse2.LoadScalarVector128((double*)(row + first)), (double*)(row + second));
}
