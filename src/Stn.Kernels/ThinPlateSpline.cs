namespace Stn.Kernels;

/// <summary>
/// Thin-plate splines in the paper's general form T = M_θ·B: θ holds the source positions of the control points, which sit on
/// a regular lattice of the target, and B is fixed.
/// </summary>
/// <remarks>
/// The spline through control points c_i with values θ_i is f(p) = a_0 + a_x·x + a_y·y + Σ w_i·φ(|p − c_i|) with φ(r) =
/// r²·ln r². Its coefficients solve the linear system L·(w, a) = (θ, 0), so f(p) = (φ(p), 1, x, y)·L⁻¹·(θ, 0) is linear in θ:
/// row p of the transposed B is the first K² columns of that product. L is solved once, in float64.
/// </remarks>
public static class ThinPlateSpline
{
    /// <summary>The control points: a lattice of <paramref name="side"/>² points over [−1, 1]², row by row.</summary>
    /// <remarks>
    /// As θ (2, K²), the x of all points before their y, this is the identity. The lattice spans [−1, 1] in both conventions.
    /// </remarks>
    /// <param name="side">K, at least 2.</param>
    /// <returns>(2, K²) numbers.</returns>
    public static double[] Lattice(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 2);
        var count = side * side;
        var lattice = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            lattice[i] = (2.0 * (i % side) / (side - 1)) - 1;
            lattice[count + i] = (2.0 * (i / side) / (side - 1)) - 1;
        }

        return lattice;
    }

    /// <summary>B for <see cref="BasisWarp"/>: (K², h, w), each function the response of the target to one control point.</summary>
    /// <param name="side">K: the lattice has K×K control points.</param>
    /// <param name="target">h and w.</param>
    /// <param name="align">The convention of the target.</param>
    /// <param name="regulariser">
    /// λ ≥ 0 on the diagonal of the kernel matrix: 0 passes through the control points, more bends less and approaches the affine
    /// map of least squares.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">K is less than 2 or λ is negative.</exception>
    public static double[] Basis(int side, Plane target, AlignCorners align, double regulariser = 0)
    {
        var spline = new SplineBasis(side, regulariser);
        var (basis, functions) = (new double[spline.Functions * target.Length], new double[spline.Functions]);
        for (var point = 0; point < target.Length; point++)
        {
            var x = Coordinates.OfPixel<double>(point % target.Width, target.Width, align);
            var y = Coordinates.OfPixel<double>(point / target.Width, target.Height, align);
            spline.Evaluate(x, y, functions);
            for (var k = 0; k < functions.Length; k++)
                basis[(k * target.Length) + point] = functions[k];
        }

        return basis;
    }
}
