using Stn.Torch.Layers;

namespace Stn.Torch.Products;

/// <summary>Some symmetric matrices that commute, side by side in memory, each row in whole vectors.</summary>
internal sealed unsafe class SymmetricMatrices : IDisposable
{
    private readonly int _size;
    private readonly int _stride;
    private readonly Scratch _memory;

    /// <summary>All zero.</summary>
    /// <param name="size">Rows of each: <see cref="RowProducts.Rows"/> or more.</param>
    /// <param name="count">How many.</param>
    internal SymmetricMatrices(int size, int count)
    {
        _size = size;
        _stride = (size + RowProducts.Columns - 1) / RowProducts.Columns * RowProducts.Columns;
        _memory = new Scratch((long)count * Length);
    }

    // Rows in whole squares, for what lies above the diagonal is copied below it in squares.
    private nint Length => (nint)_stride * _stride;

    public void Dispose() => _memory.Dispose();

    /// <summary>From a matrix without gaps.</summary>
    internal void Read(float* from, int to)
    {
        for (var row = 0; row < _size; row++)
            new ReadOnlySpan<float>(from + ((nint)row * _size), _size).CopyTo(Row(to, row));
    }

    /// <summary>To a matrix without gaps.</summary>
    internal void Write(int from, float* to)
    {
        for (var row = 0; row < _size; row++)
            Row(from, row).CopyTo(new Span<float>(to + ((nint)row * _size), _size));
    }

    internal void Copy(int from, int to) => new ReadOnlySpan<float>(Matrix(from), (int)Length).CopyTo(new Span<float>(Matrix(to), (int)Length));

    /// <summary>to = a·b, another place than both.</summary>
    internal void Multiply(int a, int b, int to)
    {
        float* left = Matrix(a), right = Matrix(b), result = Matrix(to);
        var strips = _stride / RowProducts.Columns;
        Layers.Parallel.For(strips, task =>
        {
            // The longest first: its rows end at the diagonal.
            var column = (strips - 1 - task) * RowProducts.Columns;
            var end = Math.Min(column + RowProducts.Columns, _size);
            for (var row = 0; row < end; row += RowProducts.Rows)
            {
                var first = Math.Min(row, _size - RowProducts.Rows);
                RowProducts.Block(
                    left + ((nint)first * _stride), _stride, 1, right + column, _size, _stride, result + ((nint)first * _stride) + column, _stride);
            }
        });
        Mirror(result);
    }

    /// <summary>to = one + a·by + to·times, with ones on the diagonal.</summary>
    internal void Combine(float one, int a, float by, int to, float times)
    {
        float* from = Matrix(a), result = Matrix(to);
        RowProducts.Scale(from, by, times, (int)Length, result);
        for (var i = 0; i < _size; i++)
            result[((nint)i * _stride) + i] += one;
    }

    private float* Matrix(int index) => _memory.Floats + (index * Length);

    private Span<float> Row(int matrix, int row) => new(Matrix(matrix) + ((nint)row * _stride), _size);

    // What lies above the diagonal to below it; in the blocks on the diagonal both are there, and change places.
    private void Mirror(float* matrix)
    {
        for (nint row = 0; row < _size; row += Block4.Side)
        {
            for (nint column = 0; column <= row; column += Block4.Side)
                Block4.Transpose(matrix + (column * _stride) + row, _stride, matrix + (row * _stride) + column, _stride);
        }
    }
}
