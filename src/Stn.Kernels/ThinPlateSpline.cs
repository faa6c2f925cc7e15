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
        ArgumentOutOfRangeException.ThrowIfNegative(regulariser);
        var (lattice, count) = (Lattice(side), side * side);
        var inverse = Inverse(System(lattice, count, regulariser));
        var basis = new double[count * target.Length];
        var features = new double[count + 3];
        for (var point = 0; point < target.Length; point++)
        {
            var x = Coordinates.OfPixel<double>(point % target.Width, target.Width, align);
            var y = Coordinates.OfPixel<double>(point / target.Width, target.Height, align);
            for (var i = 0; i < count; i++)
                features[i] = Kernel(x - lattice[i], y - lattice[count + i]);
            (features[count], features[count + 1], features[count + 2]) = (1, x, y);
            for (var k = 0; k < count; k++)
            {
                var sum = 0.0;
                for (var i = 0; i < features.Length; i++)
                    sum += features[i] * inverse[i, k];
                basis[(k * target.Length) + point] = sum;
            }
        }

        return basis;
    }

    // φ(r) = r²·ln r², 0 at 0.
    private static double Kernel(double x, double y)
    {
        var squared = (x * x) + (y * y);
        return squared == 0 ? 0 : squared * Math.Log(squared);
    }

    // L = [[φ + λ·1, P], [Pᵀ, 0]] with the rows (1, x, y) in P.
    private static double[,] System(double[] lattice, int count, double regulariser)
    {
        var system = new double[count + 3, count + 3];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                system[i, j] = Kernel(lattice[i] - lattice[j], lattice[count + i] - lattice[count + j]);
            system[i, i] += regulariser;
            (system[i, count], system[i, count + 1], system[i, count + 2]) = (1, lattice[i], lattice[count + i]);
            (system[count, i], system[count + 1, i], system[count + 2, i]) = (1, lattice[i], lattice[count + i]);
        }

        return system;
    }

    // Gauss-Jordan elimination with row pivoting.
    private static double[,] Inverse(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var inverse = new double[size, size];
        for (var i = 0; i < size; i++)
            inverse[i, i] = 1;
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(matrix[row, column]));
            for (var j = 0; j < size; j++)
            {
                (matrix[column, j], matrix[pivot, j]) = (matrix[pivot, j], matrix[column, j]);
                (inverse[column, j], inverse[pivot, j]) = (inverse[pivot, j], inverse[column, j]);
            }

            var scale = 1 / matrix[column, column];
            for (var j = 0; j < size; j++)
            {
                matrix[column, j] *= scale;
                inverse[column, j] *= scale;
            }

            for (var row = 0; row < size; row++)
            {
                var factor = matrix[row, column];
                if (row == column || factor == 0)
                    continue;
                for (var j = 0; j < size; j++)
                {
                    matrix[row, j] -= factor * matrix[column, j];
                    inverse[row, j] -= factor * inverse[column, j];
                }
            }
        }

        return inverse;
    }
}
