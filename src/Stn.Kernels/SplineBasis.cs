namespace Stn.Kernels;

/// <summary>
/// The basis functions B_1 … B_K² of a <see cref="ThinPlateSpline"/> on a K×K lattice, at any point: B_k is the spline that is 1 at
/// control point k and 0 at all others. The system is solved once, in float64; any number of threads may evaluate at once.
/// </summary>
public sealed class SplineBasis
{
    private const int Affine = 3;
    private readonly double[] _lattice;
    private readonly double[,] _inverse;

    /// <summary>Solves the system of a lattice.</summary>
    /// <param name="side">K: the lattice has K×K control points.</param>
    /// <param name="regulariser">λ ≥ 0, as in <see cref="ThinPlateSpline.Basis"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is less than 2 or λ is negative.</exception>
    public SplineBasis(int side, double regulariser = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(regulariser);
        _lattice = ThinPlateSpline.Lattice(side);
        Functions = side * side;
        _inverse = Inverse(System(_lattice, Functions, regulariser));
    }

    /// <summary>K², the number of functions.</summary>
    public int Functions { get; }

    /// <summary>Writes B_1 … B_K² at a normalised point.</summary>
    /// <param name="x">x, in the coordinates of the lattice.</param>
    /// <param name="y">y, likewise.</param>
    /// <param name="functions">K² numbers, row by row as the lattice.</param>
    /// <exception cref="ArgumentException">The span does not hold K² numbers.</exception>
    public void Evaluate(double x, double y, Span<double> functions)
    {
        if (functions.Length != Functions)
            throw new ArgumentException($"{Functions} functions do not fit {functions.Length} numbers", nameof(functions));
        functions.Clear();
        for (var i = 0; i < Functions + Affine; i++)
        {
            var feature = i < Functions ? Kernel(x - _lattice[i], y - _lattice[Functions + i]) : i == Functions ? 1 : i == Functions + 1 ? x : y;
            for (var k = 0; k < functions.Length; k++)
                functions[k] += feature * _inverse[i, k];
        }
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
