namespace Stn.Checks.Scalar;

/// <summary>A point of the source in pixels: 0 is the centre of the first pixel. An image is a volume of one slice, at z = 0.</summary>
/// <param name="X">The column.</param>
/// <param name="Y">The row.</param>
/// <param name="Z">The slice.</param>
/// <param name="IsSingle">Whether float32 holds these numbers: padding then moves them in float32, as the kernels do.</param>
public readonly record struct SourcePlace(double X, double Y, double Z, bool IsSingle)
{
    /// <summary>The local scale along x, by <see cref="Stn.Kernels.Reference.AntiAliasedReference.Scale"/>; 1 where no sampler asks for it.</summary>
    public double ScaleX { get; init; } = 1;

    /// <summary>The local scale along y, likewise.</summary>
    public double ScaleY { get; init; } = 1;

    /// <summary>The local scale along axis 0 (x) or 1 (y); 1 along z.</summary>
    /// <param name="axis">0, 1 or 2.</param>
    public double ScaleAlong(int axis) => axis switch { 0 => ScaleX, 1 => ScaleY, _ => 1 };

    /// <summary>The coordinate along axis 0 (x), 1 (y) or 2 (z).</summary>
    public double this[int axis] => axis switch { 0 => X, 1 => Y, _ => Z };

    /// <summary>Whether every coordinate is a number.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);
}
