namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>Transforms of one size, height × width: every frequency u of the rows and v up to the middle one of the columns.</summary>
internal sealed class SpectralPlan(int height, int width)
{
    internal HalfTable Rows { get; } = new(height);

    internal HalfTable Columns { get; } = new(width);

    /// <summary>The number of frequencies, u·half + v.</summary>
    internal int Frequencies => Rows.Points * Columns.Half;

    /// <summary>The weight of frequency v where a map is put together again: those that stand for their mirror too count twice.</summary>
    internal float Weight(int v)
    {
        var isAlone = v == 0 || 2 * v == Columns.Points;
        return (isAlone ? 1f : 2f) / (Rows.Points * Columns.Points);
    }

    /// <summary>Floats that a transform of L lanes works in.</summary>
    internal int Scratch(int lanes) => lanes * ((2 * Rows.Points * Columns.Half) + (2 * Columns.Points) + (8 * (Rows.Half + Columns.Half)));
}

/// <summary>A part of a spectrum: where the frequencies of some channels of one image lie.</summary>
/// <param name="Step">Floats from one frequency to the next.</param>
/// <param name="Imaginary">Floats from a real part to its imaginary part.</param>
internal readonly record struct SpectrumLayout(nint Step, nint Imaginary);

/// <summary>The part of a transform's square that an image fills, channels innermost.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Offset">Zeros above it and to its left.</param>
/// <param name="Channels">Floats from one pixel to the next.</param>
internal readonly record struct ImageLayout(int Height, int Width, int Offset, int Channels);
