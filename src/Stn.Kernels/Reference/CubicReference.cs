using System.Numerics;

namespace Stn.Kernels.Reference;

/// <summary>Keys' cubic convolution kernel k(d) with slope A at |d| = 1, the specification of bicubic sampling.</summary>
/// <remarks>k(d) = (A + 2)|d|³ − (A + 3)|d|² + 1 for |d| ≤ 1, and A|d|³ − 5A|d|² + 8A|d| − 4A for 1 &lt; |d| &lt; 2.</remarks>
public static partial class CubicReference
{
    /// <summary>The weights of the four taps ⌊x⌋ − 1 … ⌊x⌋ + 2 of a point at <paramref name="fraction"/> = x − ⌊x⌋.</summary>
    public static void Weights<T>(T fraction, T slope, Span<T> weights)
        where T : IFloatingPointIeee754<T>
    {
        weights[0] = Outer(fraction + T.One, slope);
        weights[1] = Inner(fraction, slope);
        weights[2] = Inner(T.One - fraction, slope);
        weights[3] = Outer(T.One - fraction + T.One, slope);
    }

    /// <summary>The derivatives of <see cref="Weights"/> by the fraction.</summary>
    public static void Derivatives<T>(T fraction, T slope, Span<T> weights)
        where T : IFloatingPointIeee754<T>
    {
        weights[0] = OuterDerivative(fraction + T.One, slope);
        weights[1] = InnerDerivative(fraction, slope);
        weights[2] = -InnerDerivative(T.One - fraction, slope);
        weights[3] = -OuterDerivative(T.One - fraction + T.One, slope);
    }

    private static T Inner<T>(T d, T a)
        where T : IFloatingPointIeee754<T> =>
        (((((a + T.CreateTruncating(2)) * d) - (a + T.CreateTruncating(3))) * d) * d) + T.One;

    private static T Outer<T>(T d, T a)
        where T : IFloatingPointIeee754<T> =>
        ((((((a * d) - (T.CreateTruncating(5) * a)) * d) + (T.CreateTruncating(8) * a)) * d) - (T.CreateTruncating(4) * a));

    private static T InnerDerivative<T>(T d, T a)
        where T : IFloatingPointIeee754<T> =>
        ((T.CreateTruncating(3) * (a + T.CreateTruncating(2)) * d) - (T.CreateTruncating(2) * (a + T.CreateTruncating(3)))) * d;

    private static T OuterDerivative<T>(T d, T a)
        where T : IFloatingPointIeee754<T> =>
        (((T.CreateTruncating(3) * a * d) - (T.CreateTruncating(10) * a)) * d) + (T.CreateTruncating(8) * a);
}
