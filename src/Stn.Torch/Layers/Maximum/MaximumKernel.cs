using System.Runtime.Intrinsics;

namespace Stn.Torch.Layers.Maximum;

/// <summary>The largest of each window of a plane, with its place in the window: row·size + column.</summary>
internal static unsafe class MaximumKernel
{
    // Places are compared as floats: behind every real one.
    private const float Nowhere = 1e9f;

    /// <summary>Floats of the memory that <see cref="Forward"/> needs beside.</summary>
    internal static int ScratchLength(in MaximumShape shape) => 4 * RowLength(shape);

    /// <summary>One plane. The first of several largest counts, in the order of rows; a NaN is larger than all.</summary>
    /// <param name="plane">H·W.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory of <see cref="ScratchLength"/>.</param>
    /// <param name="values">Rows·columns.</param>
    /// <param name="places">As many.</param>
    internal static void Forward(float* plane, in MaximumShape shape, float* scratch, float* values, byte* places)
    {
        var length = RowLength(shape);
        float* columns = scratch, columnPlaces = columns + length, best = columnPlaces + length, bestPlaces = best + length;
        new Span<float>(columns, length).Fill(float.NegativeInfinity);
        new Span<float>(columnPlaces, length).Fill(Nowhere);
        for (var y = 0; y < shape.Rows; y++)
        {
            var top = (y * shape.Stride) - shape.Padding;
            Columns(plane, shape, top, columns + shape.Padding, columnPlaces + shape.Padding);
            Neighbours(columns, columnPlaces, shape, best, bestPlaces);
            for (var x = 0; x < shape.Columns; x++)
            {
                *values++ = best[x * shape.Stride];
                *places++ = (byte)bestPlaces[x * shape.Stride];
            }
        }
    }

    /// <summary>Adds a plane's gradients where their largest were.</summary>
    /// <param name="gradient">Rows·columns.</param>
    /// <param name="places">As many.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="plane">H·W.</param>
    internal static void Backward(float* gradient, byte* places, in MaximumShape shape, float* plane)
    {
        var offsets = stackalloc int[shape.Size * shape.Size];
        for (var place = 0; place < shape.Size * shape.Size; place++)
            offsets[place] = (place / shape.Size * shape.Width) + (place % shape.Size);
        for (var y = 0; y < shape.Rows; y++)
        {
            var first = (((y * shape.Stride) - shape.Padding) * shape.Width) - shape.Padding;
            for (var x = 0; x < shape.Columns; x++, first += shape.Stride)
                plane[first + offsets[*places++]] += *gradient++;
        }
    }

    // A window reads beyond the last column, a vector beyond the last window.
    private static int RowLength(in MaximumShape shape) => shape.Width + (2 * shape.Padding) + shape.Size + shape.Stride + (2 * Vector512<float>.Count);

    // The largest of each column under a row of windows.
    private static void Columns(float* plane, in MaximumShape shape, int top, float* best, float* places)
    {
        var (from, to) = (Math.Max(top, 0), Math.Min(top + shape.Size, shape.Height));
        var x = 0;
        for (; x <= shape.Width - Vector512<float>.Count; x += Vector512<float>.Count)
        {
            var (value, place) = (Vector512.Load(plane + ((nint)from * shape.Width) + x), Vector512.Create((float)((from - top) * shape.Size)));
            for (var y = from + 1; y < to; y++)
            {
                var candidate = Vector512.Load(plane + ((nint)y * shape.Width) + x);
                var isLarger = Vector512.GreaterThan(candidate, value) | ~Vector512.Equals(candidate, candidate);
                value = Vector512.ConditionalSelect(isLarger, candidate, value);
                place = Vector512.ConditionalSelect(isLarger, Vector512.Create((float)((y - top) * shape.Size)), place);
            }

            value.Store(best + x);
            place.Store(places + x);
        }

        for (; x < shape.Width; x++)
        {
            (best[x], places[x]) = (plane[((nint)from * shape.Width) + x], (from - top) * shape.Size);
            for (var y = from + 1; y < to; y++)
            {
                var candidate = plane[((nint)y * shape.Width) + x];
                if (candidate > best[x] || float.IsNaN(candidate))
                    (best[x], places[x]) = (candidate, (y - top) * shape.Size);
            }
        }
    }

    // The largest of each column and those to its right, at every column: those between windows are dropped.
    private static void Neighbours(float* columns, float* columnPlaces, in MaximumShape shape, float* best, float* places)
    {
        var end = ((shape.Columns - 1) * shape.Stride) + 1;
        for (var x = 0; x < end; x += Vector512<float>.Count)
        {
            var (value, place) = (Vector512.Load(columns + x), Vector512.Load(columnPlaces + x));
            for (var i = 1; i < shape.Size; i++)
            {
                var (candidate, at) = (Vector512.Load(columns + x + i), Vector512.Load(columnPlaces + x + i) + Vector512.Create((float)i));
                var isFirst = Vector512.Equals(candidate, value) & Vector512.LessThan(at, place);
                var replaces = Vector512.GreaterThan(candidate, value) | ~Vector512.Equals(candidate, candidate) | isFirst;
                value = Vector512.ConditionalSelect(replaces, candidate, value);
                place = Vector512.ConditionalSelect(replaces, at, place);
            }

            value.Store(best + x);
            place.Store(places + x);
        }
    }
}
