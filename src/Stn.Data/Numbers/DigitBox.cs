namespace Stn.Data.Numbers;

/// <summary>A digit in a picture.</summary>
/// <param name="Digit">0 to 9.</param>
/// <param name="Left">The left edge, in pixels from the picture's.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public readonly record struct DigitBox(int Digit, double Left, double Top, double Width, double Height);

/// <summary>A house number in a picture: its digits from left to right.</summary>
/// <param name="File">The picture's file.</param>
/// <param name="Digits">One box each.</param>
public sealed record HouseNumber(string File, IReadOnlyList<DigitBox> Digits);
