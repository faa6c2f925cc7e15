using Stn.Torch.Interop;
using Stn.Torch.Layers;
using Stn.Torch.Products;

namespace Stn.Torch;

/// <summary>
/// C order for floats that lie as a batch of transposed matrices: images with their channels innermost, or the other way round. On all
/// threads, and in an order that takes whole cache lines where they lie far apart; libtorch's copy takes up to ten times as long.
/// </summary>
/// <remarks>In memory it is [batch][column][row], wanted is [batch][row][column].</remarks>
internal readonly unsafe struct TransposedCopy
{
    private const int Line = 16;

    // What a strip reads and writes stays in the first-level cache, and what lies far apart is taken some lines at a time.
    private const int StripElements = 1 << 13;

    // Below it an operator of libtorch is done before our threads are awake.
    private const long FewestElements = 1 << 14;

    private readonly long _batch;
    private readonly long _rows;
    private readonly long _columns;
    private readonly float* _from;

    private TransposedCopy(long batch, long rows, long columns, float* from)
    {
        (_batch, _rows, _columns) = (batch, rows, columns);
        _from = from;
    }

    // Where rows are longer than columns, what is read lies further apart than what is written.
    private bool ReadsFar => _rows >= _columns;

    /// <summary>Whether a tensor lies so; null where it does not, or where it is so small that libtorch is as fast.</summary>
    internal static TransposedCopy? Find(in NativeInfo info)
    {
        if (info.DType != (int)DType.Float32 || info.Contiguous != 0 || info.Data is null || info.Elements < FewestElements || !Block4.IsFast)
            return null;

        Span<(long Size, long Stride)> axes = stackalloc (long, long)[info.Dimensions];
        var count = Merge(info, axes);
        if (count is < 2 or > 3)
            return null;

        var (rows, columns, batch) = (axes[count - 2], axes[count - 1], count == 3 ? axes[0] : (Size: 1, Stride: info.Elements));
        var fits = rows.Stride == 1 && columns.Stride == rows.Size && batch.Stride == rows.Size * columns.Size
            && Math.Min(rows.Size, columns.Size) >= Block4.Side && Math.Max(rows.Size, columns.Size) <= int.MaxValue;
        return fits ? new TransposedCopy(batch.Size, rows.Size, columns.Size, (float*)info.Data) : null;
    }

    /// <summary>Copies.</summary>
    /// <param name="to">In C order, as many floats.</param>
    internal void Run(Tensor to)
    {
        var copy = this;
        var target = TensorMemory.Floats(to);
        var (longer, shorter) = (Math.Max(_rows, _columns), Math.Min(_rows, _columns));
        var strip = Math.Max(Line, StripElements / shorter / Line * Line);
        var strips = (longer + strip - 1) / strip;
        Layers.Parallel.For(checked((int)(_batch * strips)), task =>
        {
            var (matrix, first) = (task / strips, task % strips * strip);
            var offset = matrix * longer * shorter;
            copy.Strip(copy._from + offset, target + offset, first, Math.Min(first + strip, longer));
        });
    }

    // Axes of one entry go away, and those that lie in each other like one become one.
    private static int Merge(in NativeInfo info, Span<(long Size, long Stride)> axes)
    {
        var count = 0;
        for (var i = 0; i < info.Dimensions; i++)
        {
            var (size, stride) = (info.Sizes[i], info.Strides[i]);
            if (size == 1)
                continue;
            if (count > 0 && axes[count - 1].Stride == size * stride)
                axes[count - 1] = (axes[count - 1].Size * size, stride);
            else
                axes[count++] = (size, stride);
        }

        return count;
    }

    // From first to end along the longer side, all of the shorter one.
    private void Strip(float* from, float* to, long first, long end)
    {
        var shorter = Math.Min(_rows, _columns);
        for (long across = 0; across < shorter; across += Block4.Side)
        {
            var along = first;
            if (across + Block4.Side <= shorter)
            {
                for (; along + Block4.Side <= end; along += Block4.Side)
                {
                    var (row, column) = ReadsFar ? (along, across) : (across, along);
                    Block4.Transpose(from + (column * _rows) + row, _rows, to + (row * _columns) + column, _columns);
                }
            }

            for (; along < end; along++)
                Rest(from, to, along, across, Math.Min(across + Block4.Side, shorter));
        }
    }

    private void Rest(float* from, float* to, long along, long across, long end)
    {
        for (; across < end; across++)
        {
            var (row, column) = ReadsFar ? (along, across) : (across, along);
            to[(row * _columns) + column] = from[(column * _rows) + row];
        }
    }
}
