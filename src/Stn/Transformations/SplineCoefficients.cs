namespace Stn.Transformations;

/// <summary>
/// The thin-plate spline of any control points, at single points; <see cref="Kernels.ThinPlateSpline.Basis"/> gives those of lattices
/// over whole targets. B_k(p) = Σ_i φ(|p − c_i|)·W_ik + (1, x, y)·A_k, where W and A solve [φ + λ·1, P; Pᵀ, 0]·(W; A) = (1; 0).
/// </summary>
internal sealed class SplineCoefficients
{
    private const int Affine = 3;
    private readonly double[] _controls;
    private readonly double[][] _solution;

    /// <param name="controls">The control points c_i: all x, then all y; three or more, different, not on one line.</param>
    /// <param name="regulariser">λ ≥ 0.</param>
    internal SplineCoefficients(double[] controls, double regulariser)
    {
        _controls = controls;
        var points = controls.Length / 2;
        _solution = [.. Enumerable.Range(0, points + Affine).Select(row => Row(row, points, regulariser))];
        Solve(_solution);
    }

    /// <summary>Writes B_1 … B_K at a point.</summary>
    internal void Evaluate(NormalizedPoint point, Span<double> functions)
    {
        var features = Features(point);
        functions.Clear();
        for (var i = 0; i < features.Length; i++)
        {
            var weights = _solution[i].AsSpan(features.Length, functions.Length);
            for (var k = 0; k < weights.Length; k++)
                functions[k] += features[i] * weights[k];
        }
    }

    // A row of the system and, behind it, of what it is solved for.
    private double[] Row(int row, int points, double regulariser)
    {
        var size = points + Affine;
        var entries = new double[size + points];
        if (row < points)
        {
            Features(Point(row)).CopyTo(entries, 0);
            entries[row] += regulariser;
            entries[size + row] = 1;
        }
        else
        {
            for (var i = 0; i < points; i++)
                entries[i] = Features(Point(i))[row];
        }

        return entries;
    }

    // φ of the distances to all control points, then 1, x and y.
    private double[] Features(NormalizedPoint point)
    {
        var points = _controls.Length / 2;
        var features = new double[points + Affine];
        for (var i = 0; i < points; i++)
        {
            var (x, y) = (point.X - Point(i).X, point.Y - Point(i).Y);
            var squared = (x * x) + (y * y);
            features[i] = squared == 0 ? 0 : squared * Math.Log(squared);
        }

        (features[points], features[points + 1], features[points + 2]) = (1, point.X, point.Y);
        return features;
    }

    private NormalizedPoint Point(int index) => new(_controls[index], _controls[(_controls.Length / 2) + index]);

    // Gauss-Jordan elimination with row pivoting: the left square becomes the unit matrix, the rest the solution.
    private static void Solve(double[][] rows)
    {
        for (var column = 0; column < rows.Length; column++)
        {
            var pivot = Enumerable.Range(column, rows.Length - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            var scale = rows[column][column];
            for (var j = 0; j < rows[column].Length; j++)
                rows[column][j] /= scale;
            foreach (var row in rows.Where(row => row != rows[column]))
            {
                var factor = row[column];
                for (var j = 0; j < row.Length; j++)
                    row[j] -= factor * rows[column][j];
            }
        }
    }
}
