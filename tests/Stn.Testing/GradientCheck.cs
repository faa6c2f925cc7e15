using Stn.Torch;

namespace Stn.Testing;

/// <summary>Autograd against central differences, in Float64.</summary>
public static class GradientCheck
{
    private const double Step = 1e-6;

    /// <summary>Checks the gradient of <paramref name="function"/> by every element of every input that requires one.</summary>
    /// <param name="function">Any number of outputs' elements; all are checked at once through fixed random weights.</param>
    /// <param name="inputs">Float64, made with <see cref="Input"/> or constants; away from the function's kinks.</param>
    /// <param name="tolerance">Instead of <see cref="Tolerances.Gradient"/>.</param>
    public static void First(Func<Tensor[], Tensor> function, Tensor[] inputs, Tolerance? tolerance = null)
    {
        using var scope = new TensorScope();
        var (loss, weights) = Weighted(function(inputs));
        var learned = inputs.Where(input => input.RequiresGrad).ToArray();
        var gradients = Autograd.Gradients([loss], learned);
        for (var i = 0; i < learned.Length; i++)
        {
            var numeric = Numeric(() => (function(inputs) * weights).Sum(), learned[i]);
            var computed = gradients[i]?.ToArray<double>() ?? new double[numeric.Length];
            AssertClose.Values(numeric, computed, tolerance ?? Tolerances.Gradient);
        }
    }

    /// <summary>Checks the gradient, and the gradient of the gradient.</summary>
    /// <inheritdoc cref="First"/>
    public static void Second(Func<Tensor[], Tensor> function, Tensor[] inputs, Tolerance? tolerance = null)
    {
        First(function, inputs, tolerance);
        First(given => GradientVector(function, given), inputs, tolerance);
    }

    /// <summary>A Float64 input that requires a gradient: normal numbers of a fixed seed.</summary>
    public static Tensor Input(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var numbers = new double[shape.Aggregate(1L, (count, size) => count * size)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Tensor.From(numbers, shape).RequireGrad();
    }

    private static Tensor GradientVector(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        var learned = inputs.Where(input => input.RequiresGrad).ToArray();
        var gradients = Autograd.Gradients([Weighted(function(inputs)).Loss], learned, createGraph: true);
        return Tensor.Concatenate([.. gradients.OfType<Tensor>().Select(gradient => gradient.Reshape(-1))], 0);
    }

    private static (Tensor Loss, Tensor Weights) Weighted(Tensor output)
    {
        var weights = Input(97, output.Shape).RequireGrad(false);
        return ((output * weights).Sum(), weights);
    }

    private static double[] Numeric(Func<Tensor> loss, Tensor input)
    {
        var elements = input.DangerousGetSpan<double>();
        var numeric = new double[elements.Length];
        for (var i = 0; i < numeric.Length; i++)
        {
            using var scope = new TensorScope();
            var middle = elements[i];
            elements[i] = middle + Step;
            var above = loss().Item<double>();
            elements[i] = middle - Step;
            numeric[i] = (above - loss().Item<double>()) / (2 * Step);
            elements[i] = middle;
        }

        return numeric;
    }
}
