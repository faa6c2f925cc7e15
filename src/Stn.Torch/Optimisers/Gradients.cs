namespace Stn.Torch.Optimisers;

/// <summary>The gradients of several parameters as one vector.</summary>
public static class Gradients
{
    /// <summary>Scales the gradients down so that their common Euclidean norm is at most <paramref name="limit"/>.</summary>
    /// <returns>The norm before; not a number, and nothing scaled, when a gradient is not finite.</returns>
    public static double ClipNorm(IEnumerable<Parameter> parameters, double limit)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var gradients = parameters.Select(p => p.Value.Grad).OfType<Tensor>().ToArray();
        if (gradients.Length == 0)
            return 0;

        var norm = Tensor.Stack([.. gradients.Select(g => g.Norm().To(DType.Float64))], 0).Norm().Item<double>();
        if (norm > limit)
        {
            foreach (var gradient in gradients)
                gradient.MultiplyInPlace(limit / norm);
        }

        return norm;
    }
}
