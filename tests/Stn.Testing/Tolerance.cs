using Stn.Torch;

namespace Stn.Testing;

/// <summary>How far two numbers may lie apart: |a − e| ≤ Absolute + Relative·|e|.</summary>
public readonly record struct Tolerance(double Absolute, double Relative)
{
    /// <summary>Nothing: the same numbers.</summary>
    public static Tolerance Exact => default;

    public bool Accepts(double expected, double actual) =>
        expected.Equals(actual) || Math.Abs(actual - expected) <= Absolute + (Relative * Math.Abs(expected));
}

/// <summary>The one table of tolerances.</summary>
public static class Tolerances
{
    /// <summary>Of central differences in Float64 against autograd.</summary>
    public static Tolerance Gradient => new(1e-7, 1e-5);

    /// <summary>Of two ways to compute the same in one type: a few units of the last place of sums of ordinary size.</summary>
    public static Tolerance Of(DType type) => type switch
    {
        DType.Float64 => new(1e-12, 1e-10),
        DType.Float32 => new(1e-6, 1e-5),
        DType.Float16 => new(1e-3, 1e-2),
        DType.BFloat16 => new(1e-2, 5e-2),
        _ => Tolerance.Exact,
    };
}
