using System.Numerics;

namespace Stn.Kernels.Tests.Support;

/// <summary>Comparison of a kernel's numbers with the oracle's.</summary>
public static class Close
{
    /// <summary>Fails if a number differs by more than <paramref name="tolerance"/> times the largest expected one (at least 1).</summary>
    public static void To<T>(double[] expected, ReadOnlySpan<T> actual, double tolerance, string what)
        where T : IFloatingPointIeee754<T>
    {
        if (expected.Length != actual.Length)
            throw new InvalidOperationException($"{what}: {actual.Length} numbers, expected {expected.Length}.");
        var scale = tolerance * Math.Max(1, expected.Length == 0 ? 0 : expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - double.CreateTruncating(actual[i])) <= scale))
                throw new InvalidOperationException($"{what}[{i}] is {actual[i]}, expected {expected[i]} within {scale:G2}.");
        }
    }

    /// <summary>Fails unless kernel and oracle agree on values and gradients of a case.</summary>
    public static void Case<T>(WarpCase<T> c, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        To(Oracle.Forward(c), c.Forward(), tolerance, $"V of {c.Setting}");
        var (expected, actual) = (Oracle.Backward(c), c.Backward());
        To(expected.Images, actual.Images, 4 * tolerance, $"∂U of {c.Setting}");
        To(expected.Parameters, actual.Parameters, 20 * tolerance, $"∂θ of {c.Setting}");
        To(expected.Basis, actual.Basis, 20 * tolerance, $"∂B of {c.Setting}");
    }
}
