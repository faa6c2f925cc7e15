using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// The projective grid: (u, v, w) = H·(x_t, y_t, 1) with h33 = 1, and (x_s, y_s) = (u/w, v/w). A point with w ≤
/// <see cref="Horizon"/> lies on or behind the horizon: it has no place (NaN) and no gradient.
/// </summary>
/// <remarks>
/// Along a row of the target u, v and w are lines, as the coordinates of <see cref="AffinePoints{T}"/>. Slack between rows is
/// divided as well; whatever it holds is overwritten or not read.
/// </remarks>
internal readonly unsafe struct ProjectivePoints<T>(T* theta, Plane source, Plane target, AlignCorners align) : IPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The least w of a point in front of the horizon.</summary>
    public const double Horizon = 1e-6;

    private readonly Axis targetX = new(target.Width, align);
    private readonly Axis targetY = new(target.Height, align);
    private readonly Axis sourceX = new(source.Width, align);
    private readonly Axis sourceY = new(source.Height, align);

    public int Dimensions => 2;

    public int Sums => 8;

    public bool EndsAtCorners => false;

    public (int Start, int Length) Room(in Tile tile) => (0, tile.StagedLength);

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        var w = Scratch.Current.Take<T>(Slot.W, staged.Length + Staged<T>.Slack);
        Lines(image, tile, staged.X, staged.Y, w);
        Divide(staged.X, w, staged.Length, sourceX);
        Divide(staged.Y, w, staged.Length, sourceY);
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        var w = Scratch.Current.Take<T>(Slot.W, staged.Length + Staged<T>.Slack);
        Lines(image, tile, staged.X, staged.Y, w);
        DivideBackward(staged.GradientX, staged.GradientY, staged.X, staged.Y, w, staged.Length);
        for (var line = 0; line < 3; line++)
        {
            var (sum, x, y) = Simd.Moments(
                line switch { 0 => staged.X, 1 => staged.Y, _ => w }, tile.Rows, tile.RowPitch, tile.Columns, First(tile),
                tile.Y - targetY.Middle);
            sums[3 * line] += targetX.UnitsPerPixel * x;
            sums[(3 * line) + 1] += targetY.UnitsPerPixel * y;
            if (line < 2)
                sums[(3 * line) + 2] += sum;
        }
    }

    private T First(in Tile tile) => T.CreateTruncating(tile.X - targetX.Middle);

    // u, v and w of the tile.
    private void Lines(int image, in Tile tile, T* u, T* v, T* w)
    {
        var h = theta + (image * Sums);
        Lines(tile, u, h[0], h[1], h[2]);
        Lines(tile, v, h[3], h[4], h[5]);
        Lines(tile, w, h[6], h[7], T.One);
    }

    private void Lines(in Tile tile, T* destination, T perX, T perY, T one)
    {
        var perRow = double.CreateTruncating(perY) * targetY.UnitsPerPixel;
        var lines = new RowLines<T>(
            T.CreateTruncating(targetX.UnitsPerPixel * double.CreateTruncating(perX)), First(tile),
            double.CreateTruncating(one) + (perRow * (tile.Y - targetY.Middle)), perRow);
        Simd.Lines(destination, tile.Rows, tile.RowPitch, tile.Columns, lines);
    }

    // u becomes the pixel position of u/w. Vector and scalar form round alike.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide(T* u, T* w, int count, Axis axis)
    {
        var (scale, middle, horizon) = (T.CreateTruncating(axis.PixelsPerUnit), T.CreateTruncating(axis.Middle), T.CreateTruncating(Horizon));
        var i = 0;
        if (Simd.IsVector<T>())
        {
            var (scales, middles, horizons) = (Vector256.Create(scale), Vector256.Create(middle), Vector256.Create(horizon));
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                var below = Vector256.Load(w + i);
                var position = Simd.MultiplyAdd(Vector256.Load(u + i) / below, scales, middles);
                Vector256.ConditionalSelect(Vector256.GreaterThan(below, horizons), position, Vector256.Create(T.NaN)).Store(u + i);
            }
        }

        for (; i < count; i++)
            u[i] = w[i] > horizon ? T.FusedMultiplyAdd(u[i] / w[i], scale, middle) : T.NaN;
    }

    // With x = s·u/w: the gradient of u is s·gx/w, of w −(u·∂u + v·∂v)/w. They replace u, v and w.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DivideBackward(T* gradientX, T* gradientY, T* u, T* v, T* w, int count)
    {
        var (scaleX, scaleY) = (T.CreateTruncating(sourceX.PixelsPerUnit), T.CreateTruncating(sourceY.PixelsPerUnit));
        var horizon = T.CreateTruncating(Horizon);
        var i = 0;
        if (Simd.IsVector<T>())
        {
            var one = Vector256.Create(T.One);
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                var below = Vector256.Load(w + i);
                var inverse = Vector256.ConditionalSelect(
                    Vector256.GreaterThan(below, Vector256.Create(horizon)), one / below, Vector256<T>.Zero);
                var toU = Vector256.Load(gradientX + i) * scaleX * inverse;
                var toV = Vector256.Load(gradientY + i) * scaleY * inverse;
                var toW = ((toU * Vector256.Load(u + i)) + (toV * Vector256.Load(v + i))) * inverse;
                toU.Store(u + i);
                toV.Store(v + i);
                (-toW).Store(w + i);
            }
        }

        for (; i < count; i++)
        {
            var inverse = w[i] > horizon ? T.One / w[i] : T.Zero;
            var (toU, toV) = (gradientX[i] * scaleX * inverse, gradientY[i] * scaleY * inverse);
            (u[i], v[i], w[i]) = (toU, toV, -((toU * u[i]) + (toV * v[i])) * inverse);
        }
    }
}
