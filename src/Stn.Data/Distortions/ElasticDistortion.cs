using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// E of the paper: a 28×28 digit is scaled about its centre by a factor uniform in 0.75 … 1, then bent by a thin-plate spline whose 16
/// control points, a 4×4 lattice over the whole canvas, are moved by normal numbers of deviation 1.5 pixels along x and along y.
/// </summary>
/// <remarks>
/// <b>Choice.</b> The paper leaves open which way the spline goes and what the lattice spans. Here, as in a transformer of this family, the
/// lattice's outermost points lie on the canvas's edges, and the spline says for each pixel of the canvas where it reads the scaled
/// digit: a control point reads what lies as far off as it was moved. Such a map may fold and tear; nothing is drawn again.
/// </remarks>
public sealed class ElasticDistortion : IDistortion
{
    private const double SmallestScale = 0.75;
    private const double LargestScale = 1;
    private const double PointDeviation = 1.5;
    private const int Side = 4;

    // The logarithm of the C library may differ in its last bit between machines: far less than this, which is a part in 70,000 of a pixel.
    private const double Precision = 1.0 / (1 << 20);

    private static readonly double[] s_basis = [.. ThinPlateSpline.Basis(Side, new Plane(28, 28), AlignCorners.False)
        .Select(value => Math.Round(value / Precision) * Precision)];

    /// <inheritdoc/>
    public string Description => "E: scale 0.75 to 1, 4×4 control points of a thin-plate spline moved by N(0, 1.5 px) in 28×28";

    /// <inheritdoc/>
    public Plane Source => new(28, 28);

    /// <inheritdoc/>
    public Plane Canvas => new(28, 28);

    /// <inheritdoc/>
    public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
    {
        ArgumentNullException.ThrowIfNull(digits);
        Span<double> moves = stackalloc double[2 * Side * Side];
        var scale = Draw(ref random, moves);
        ByteWarp.Spline(digits.Image(index), Source, s_basis, moves, scale, Canvas, canvas);
        return null;
    }

    /// <summary>Draws the scale, then x and y of each control point's move, row by row.</summary>
    /// <param name="random">The numbers that decide.</param>
    /// <param name="moves">All x, then all y, in pixels of the canvas.</param>
    /// <returns>The scale.</returns>
    internal static double Draw(ref CounterRandom random, Span<double> moves)
    {
        var scale = random.Uniform(SmallestScale, LargestScale);
        for (var i = 0; i < Side * Side; i++)
        {
            var (x, y) = random.NormalPair();
            (moves[i], moves[(Side * Side) + i]) = (PointDeviation * x, PointDeviation * y);
        }

        return scale;
    }
}
