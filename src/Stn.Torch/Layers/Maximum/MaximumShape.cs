namespace Stn.Torch.Layers.Maximum;

/// <summary>The sizes of a largest-of-window pooling.</summary>
/// <param name="Planes">Images times channels.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="Size">Rows and columns of a window.</param>
/// <param name="Stride">Pixels between two windows.</param>
/// <param name="Padding">Rows and columns around the plane that are never the largest.</param>
/// <param name="Ceil">Whether a last, incomplete window counts.</param>
internal readonly record struct MaximumShape(int Planes, int Height, int Width, int Size, int Stride, int Padding, bool Ceil)
{
    internal int Rows => Windows(Height);

    internal int Columns => Windows(Width);

    // libtorch's rule: with ceil a window must begin inside the plane or its padding before it.
    private int Windows(int side)
    {
        var room = side + (2 * Padding) - Size;
        if (room < 0)
            return 0;
        var count = (Ceil ? (room + Stride - 1) / Stride : room / Stride) + 1;
        return Ceil && (count - 1) * Stride >= side + Padding ? count - 1 : count;
    }
}
