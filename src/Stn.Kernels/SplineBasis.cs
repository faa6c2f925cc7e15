namespace Stn.Kernels;

/// <summary>
/// The basis functions B_1 … B_n of a <see cref="ThinPlateSpline"/> with n control points, at any point: B_k is the spline that is 1 at
/// control point k and 0 at all others. The system is solved once, in float64; any number of threads may evaluate at once.
/// </summary>
public sealed class SplineBasis
{
    private const int Affine = 3;
    private readonly double[] _controls;
    private readonly double[][] _weights;

    /// <summary>Solves the system of a lattice.</summary>
    /// <param name="side">K: the lattice has K×K control points, as <see cref="ThinPlateSpline.Lattice"/> orders them.</param>
    /// <param name="regulariser">λ ≥ 0, as in <see cref="ThinPlateSpline.Basis"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is less than 2 or λ is negative.</exception>
    public SplineBasis(int side, double regulariser = 0)
        : this(ThinPlateSpline.Lattice(side), regulariser)
    {
    }

    /// <summary>Solves the system of any control points.</summary>
    /// <param name="controls">n points, at least 3, different and not on one line: all x, then all y.</param>
    /// <param name="regulariser">λ ≥ 0, as in <see cref="ThinPlateSpline.Basis"/>.</param>
    /// <exception cref="ArgumentException">There are fewer than 3 points, or an odd number of coordinates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public SplineBasis(IReadOnlyList<double> controls, double regulariser = 0)
    {
        ArgumentNullException.ThrowIfNull(controls);
        if (regulariser is not >= 0)
            throw new ArgumentOutOfRangeException(nameof(regulariser), regulariser, "A regulariser is not negative.");
        if (controls.Count < 6 || controls.Count % 2 != 0)
            throw new ArgumentException($"A spline needs at least 3 points of x and y, got {controls.Count} numbers.", nameof(controls));
        _controls = [.. controls];
        Functions = controls.Count / 2;
        _weights = Inverse(System(_controls, Functions, regulariser));
    }

    /// <summary>n, the number of functions.</summary>
    public int Functions { get; }

    /// <summary>Writes B_1 … B_n at a normalised point.</summary>
    /// <param name="x">x, in the coordinates of the control points.</param>
    /// <param name="y">y, likewise.</param>
    /// <param name="functions">n numbers, in the order of the control points.</param>
    /// <exception cref="ArgumentException">The span does not hold n numbers.</exception>
    public void Evaluate(double x, double y, Span<double> functions)
    {
        if (functions.Length != Functions)
            throw new ArgumentException($"{Functions} functions do not fit {functions.Length} numbers", nameof(functions));
        functions.Clear();
        for (var i = 0; i < Functions + Affine; i++)
        {
            var feature = i < Functions ? Kernel(x - _controls[i], y - _controls[Functions + i]) : i == Functions ? 1 : i == Functions + 1 ? x : y;
            var weights = _weights[i].AsSpan(0, functions.Length);
            for (var k = 0; k < weights.Length; k++)
                functions[k] += feature * weights[k];
        }
    }

    // φ(r) = r²·ln r², 0 at 0.
    private static double Kernel(double x, double y)
    {
        var squared = (x * x) + (y * y);
        return squared == 0 ? 0 : squared * Math.Log(squared);
    }

    // L = [[φ + λ·1, P], [Pᵀ, 0]] with the rows (1, x, y) in P.
    private static double[,] System(double[] points, int count, double regulariser)
    {
        var system = new double[count + 3, count + 3];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                system[i, j] = Kernel(points[i] - points[j], points[count + i] - points[count + j]);
            system[i, i] += regulariser;
            (system[i, count], system[i, count + 1], system[i, count + 2]) = (1, points[i], points[count + i]);
            (system[count, i], system[count + 1, i], system[count + 2, i]) = (1, points[i], points[count + i]);
        }

        return system;
    }

    // Gauss-Jordan elimination with row pivoting.
    private static double[][] Inverse(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var inverse = Enumerable.Range(0, size).Select(row => Enumerable.Range(0, size).Select(column => row == column ? 1.0 : 0.0).ToArray()).ToArray();
        for (var column = 0; column < size; column++)
        {
            var pivot = Enumerable.Range(column, size - column).MaxBy(row => Math.Abs(matrix[row, column]));
            (inverse[column], inverse[pivot]) = (inverse[pivot], inverse[column]);
            for (var j = 0; j < size; j++)
                (matrix[column, j], matrix[pivot, j]) = (matrix[pivot, j], matrix[column, j]);

            var scale = 1 / matrix[column, column];
            for (var j = 0; j < size; j++)
            {
                matrix[column, j] *= scale;
                inverse[column][j] *= scale;
            }

            for (var row = 0; row < size; row++)
            {
                var factor = matrix[row, column];
                if (row == column || factor == 0)
                    continue;
                for (var j = 0; j < size; j++)
                {
                    matrix[row, j] -= factor * matrix[column, j];
                    inverse[row][j] -= factor * inverse[column][j];
                }
            }
        }

        return inverse;
    }
}
