namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>Sizes of a convolution with the pooling by 2 behind it, and of the padded memory that its kernels work in.</summary>
/// <param name="Images">N.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Height">H of the input with its padding.</param>
/// <param name="Width">W of the input with its padding.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Ceil">Whether a last, incomplete window counts.</param>
/// <param name="Padding">Rows and columns of zeros around the input.</param>
internal readonly record struct PooledShape(int Images, int Inputs, int Height, int Width, int Outputs, int Kernel, bool Ceil, int Padding = 0)
{
    /// <summary>Kernels over few channels have at most so many rows.</summary>
    internal const int MostRows = 9;

    private const int Widest = 16;

    internal int Rows => Height - Kernel + 1;

    internal int Columns => Width - Kernel + 1;

    internal int PooledHeight => (Rows + (Ceil ? 1 : 0)) / 2;

    internal int PooledWidth => (Columns + (Ceil ? 1 : 0)) / 2;

    internal int Windows => PooledHeight * PooledWidth;

    /// <summary>H of the input without its padding.</summary>
    internal int InnerHeight => Height - (2 * Padding);

    /// <summary>W of the input without its padding.</summary>
    internal int InnerWidth => Width - (2 * Padding);

    /// <summary>Floats of an image without its padding.</summary>
    internal int ImageLength => Inputs * InnerHeight * InnerWidth;

    /// <summary>Floats of a kernel's row, channels innermost: its pixels lie side by side in an image.</summary>
    internal int KernelRow => Kernel * Inputs;

    /// <summary>Floats from one row of an image to the next, channels innermost.</summary>
    internal int ImageRow => Width * Inputs;

    /// <summary>Floats from one row of the padded image to the next: vectors may reach past the last column.</summary>
    internal int Stride => Width + (2 * Widest);

    /// <summary>Floats of a padded channel; as many rows lie below the image as the kernels read past it.</summary>
    internal int Plane => (Height + MostRows + 2) * Stride;

    /// <summary>Vectors side by side that cover a kernel's row in one channel.</summary>
    internal int Spans(int lanes) => (Kernel + lanes - 1) / lanes;

    /// <summary>The first of a window's four positions, channels innermost, in floats.</summary>
    internal int Position(int window)
    {
        var (y, x) = Math.DivRem(window, PooledWidth);
        return (2 * y * ImageRow) + (2 * x * Inputs);
    }

    /// <summary>Output channels, filled up to whole pairs of vectors.</summary>
    internal int Padded(int lanes) => (Outputs + (2 * lanes) - 1) / (2 * lanes) * 2 * lanes;
}
