using System.Numerics;
using Stn.Torch;
using Xunit;

namespace Stn.Testing;

/// <summary>Compares numbers, and on a failure names the worst.</summary>
public static class AssertClose
{
    /// <summary>Same type and shape, elements within the tolerance of the type, or the one given.</summary>
    public static void Tensors(Tensor expected, Tensor actual, Tolerance? tolerance = null)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Shape, actual.Shape);
        Compare(Numbers(expected), Numbers(actual), tolerance ?? Tolerances.Of(expected.Type), expected.Shape);
    }

    /// <summary>As many numbers, each within the tolerance of the type, or the one given.</summary>
    public static void Values<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, Tolerance? tolerance = null)
        where T : unmanaged, INumber<T> =>
        Compare(Numbers(expected), Numbers(actual), tolerance ?? Tolerances.Of(DTypes.Of<T>()), [expected.Length]);

    private static double[] Numbers(Tensor tensor)
    {
        using var scope = new TensorScope();
        return tensor.Detach().To(DType.Float64).ToArray<double>();
    }

    private static double[] Numbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = double.CreateChecked(values[i]);
        return numbers;
    }

    private static void Compare(double[] expected, double[] actual, Tolerance tolerance, long[] shape)
    {
        Assert.True(expected.Length == actual.Length, $"{actual.Length} numbers instead of {expected.Length}");
        var (worst, bad) = (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            if (tolerance.Accepts(expected[i], actual[i]))
                continue;
            bad++;
            if (bad == 1 || !(Math.Abs(actual[i] - expected[i]) <= Math.Abs(actual[worst] - expected[worst])))
                worst = i;
        }

        Assert.True(
            bad == 0,
            bad == 0 ? null : $"{bad} of {expected.Length} numbers differ; the worst at [{Place(worst, shape)}]: expected {expected[worst]:R}, got {actual[worst]:R} (allowed: {tolerance.Absolute:R} + {tolerance.Relative:R}·|expected|)");
    }

    private static string Place(long index, long[] shape)
    {
        var place = new long[shape.Length];
        for (var i = shape.Length - 1; i >= 0; i--)
            (index, place[i]) = Math.DivRem(index, shape[i]);
        return string.Join(", ", place);
    }
}
