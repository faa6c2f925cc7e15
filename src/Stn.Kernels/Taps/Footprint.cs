namespace Stn.Kernels.Taps;

/// <summary>Which taps a kernel reads around ⌊position⌋, and how far outside its positions can matter.</summary>
/// <param name="Outermost">A position up to which all taps lie outside, on the low side.</param>
/// <param name="Beyond">How far past the size such a position lies on the high side.</param>
/// <param name="Before">How many taps lie before ⌊position⌋.</param>
/// <param name="Columns">The columns that the taps of one cell read.</param>
/// <param name="Rows">The rows of the window for one row of cells.</param>
internal readonly record struct Footprint(float Outermost, int Beyond, int Before, int Columns, int Rows)
{
    /// <summary>Two taps an axis; row pairs hold the second row.</summary>
    public static Footprint Linear => new(-2, 0, 0, 2, 1);

    /// <summary>Four taps an axis, from ⌊position⌋ − 1 on.</summary>
    public static Footprint Cubic => new(-3, 1, 1, 4, 4);

    /// <summary>The last position of interest on an axis.</summary>
    public float High(int size) => size + Beyond;
}
