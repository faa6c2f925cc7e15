namespace Stn.Kernels;

/// <summary>What a sampler reads outside the image.</summary>
public enum PaddingMode
{
    /// <summary>A fixed value, 0 by default; each tap outside reads it.</summary>
    Constant = 0,

    /// <summary>The nearest pixel of the border.</summary>
    Border = 1,

    /// <summary>
    /// The image mirrored again and again: about the outer edges of its border pixels for <see cref="AlignCorners.False"/>,
    /// about their centres for <see cref="AlignCorners.True"/>.
    /// </summary>
    Reflection = 2,
}

/// <summary>The padding of a sampler, with PyTorch's semantics for zeros, border and reflection.</summary>
/// <remarks>
/// Convention for coordinates that are no place: with constant padding NaN and ±∞ lie outside and read the constant;
/// with border padding NaN reads pixel 0 and ±∞ the last or first pixel; with reflection all three read pixel 0. None of
/// them has a gradient.
/// </remarks>
/// <param name="Mode">The rule.</param>
/// <param name="Value">The value outside for <see cref="PaddingMode.Constant"/>; unused otherwise.</param>
public readonly record struct Padding(PaddingMode Mode, double Value)
{
    /// <summary>Zero outside: the paper's and PyTorch's default.</summary>
    public static Padding Zeros => default;

    /// <summary>The nearest border pixel outside.</summary>
    public static Padding Border => new(PaddingMode.Border, 0);

    /// <summary>The mirrored image outside.</summary>
    public static Padding Reflection => new(PaddingMode.Reflection, 0);

    /// <summary><paramref name="value"/> outside.</summary>
    public static Padding Constant(double value) => new(PaddingMode.Constant, value);
}
