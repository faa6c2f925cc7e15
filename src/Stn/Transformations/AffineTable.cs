using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// The numbers of affine maps that are linear in θ, c + Σ_p θ_p·S_p, row by row: six of the plane, twelve of space.
/// </summary>
internal sealed class AffineTable
{
    private readonly double[] _constant;
    private readonly double[][] _table;
    private readonly int[] _entries;

    /// <summary>Checks a constant c and a table S, whose rows say what each parameter adds.</summary>
    /// <exception cref="ArgumentException">A row does not hold <paramref name="count"/> numbers, or two begin at the same one.</exception>
    internal AffineTable(int count, double[] constant, double[][] table)
    {
        ArgumentNullException.ThrowIfNull(constant);
        ArgumentNullException.ThrowIfNull(table);
        if (constant.Length != count || Array.Exists(table, row => row.Length != count))
            throw new ArgumentException($"every row of a family's table holds the {count} numbers of an affine map", nameof(table));
        _entries = [.. table.Select(row => Array.FindIndex(row, value => value != 0))];
        if (_entries.Contains(-1) || _entries.Distinct().Count() < _entries.Length)
            throw new ArgumentException("every parameter of a family moves an affine number first that no other moves first", nameof(table));
        (_constant, _table) = (constant, table);
    }

    /// <summary>The affine numbers of one θ.</summary>
    internal double[] At(ReadOnlySpan<double> theta)
    {
        double[] numbers = [.. _constant];
        for (var p = 0; p < theta.Length; p++)
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] += theta[p] * _table[p][i];
        }

        return numbers;
    }

    /// <summary>The affine numbers of a batch: (N, P) to (N, 6) or (N, 12). Differentiable.</summary>
    internal Tensor At(Tensor theta)
    {
        var table = Constants.Like(theta, [.. _table.SelectMany(row => row)], _table.Length, _constant.Length);
        return theta.MatMul(table) + Constants.Like(theta, _constant, _constant.Length);
    }

    /// <summary>The θ whose numbers these are: each parameter from the entry that it alone moves first.</summary>
    internal double[] Theta(Func<int, double> number) =>
        [.. _table.Zip(_entries, (row, entry) => (number(entry) - _constant[entry]) / row[entry])];
}
