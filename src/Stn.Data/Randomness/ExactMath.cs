namespace Stn.Data.Randomness;

/// <summary>
/// Sine, cosine and logarithm made of +, −, ×, ÷ and rounding only, which IEEE 754 fixes to the last bit. Those of
/// <see cref="Math"/> come from the C library and differ between machines, and a distorted image would differ with them.
/// Accurate to about 1e-15.
/// </summary>
public static class ExactMath
{
    private const double LargestAngle = 1 << 20;

    // π/2 and ln 2, each in two parts: the first has few enough bits for exact multiples.
    private const double HalfPiHigh = 1.57079632673412561417e+00;
    private const double HalfPiLow = 6.07710050650619224932e-11;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // 1/k! with alternating signs: Taylor's coefficients, enough for [−π/4, π/4].
    private static readonly double[] s_sine = Alternating(1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
    private static readonly double[] s_cosine = Alternating(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);

    // 1/(2k + 1): the series of the inverse hyperbolic tangent, enough for |s| ≤ 0.172.
    private static readonly double[] s_atanh = [.. Enumerable.Range(0, 13).Select(k => 1.0 / ((2 * k) + 1))];

    /// <summary>The sine and the cosine of an angle in radians.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is not finite, or beyond ±2²⁰.</exception>
    public static (double Sin, double Cos) SinCos(double radians)
    {
        if (!(Math.Abs(radians) <= LargestAngle))
            throw new ArgumentOutOfRangeException(nameof(radians), radians, "should be finite and within ±2^20");

        var quarters = Math.Round(radians / (HalfPiHigh + HalfPiLow));
        var rest = radians - (quarters * HalfPiHigh) - (quarters * HalfPiLow);
        var square = rest * rest;
        var (sin, cos) = (rest * Polynomial(s_sine, square), Polynomial(s_cosine, square));
        return ((int)quarters & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>The natural logarithm of a positive, finite, normal number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is anything else.</exception>
    public static double Log(double x)
    {
        if (!(double.IsNormal(x) && x > 0))
            throw new ArgumentOutOfRangeException(nameof(x), x, "should be positive, finite and normal");

        // x = m·2^e with m in [√½, √2): the bits of m are those of x with another exponent.
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
            (mantissa, exponent) = (mantissa / 2, exponent + 1);

        var s = (mantissa - 1) / (mantissa + 1);
        return (exponent * Ln2High) + ((exponent * Ln2Low) + (2 * s * Polynomial(s_atanh, s * s)));
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
            sum = (sum * x) + coefficients[i];
        return sum;
    }

    private static double[] Alternating(params int[] orders)
    {
        var coefficients = new double[orders.Length];
        for (var i = 0; i < orders.Length; i++)
        {
            // Exact in a double up to 22!.
            var factorial = 1.0;
            for (var k = 2; k <= orders[i]; k++)
                factorial *= k;
            coefficients[i] = (i % 2 == 0 ? 1 : -1) / factorial;
        }

        return coefficients;
    }
}
