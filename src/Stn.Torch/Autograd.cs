using System.Runtime.CompilerServices;
using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>Gradients.</summary>
public static class Autograd
{
    /// <summary>Adds the gradient of a scalar <paramref name="loss"/> to <see cref="Tensor.Grad"/> of every leaf below it.</summary>
    /// <param name="loss">One number.</param>
    /// <param name="retainGraph">Whether the graph may be used again.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated themselves.</param>
    public static void Backward(this Tensor loss, bool retainGraph = false, bool createGraph = false) =>
        Backward([loss], [null], retainGraph, createGraph);

    /// <summary>Adds the gradients of several outputs, each weighted by an incoming gradient of its shape (null: one number, weight 1).</summary>
    public static unsafe void Backward(Tensor[] outputs, Tensor?[] gradients, bool retainGraph = false, bool createGraph = false)
    {
        RequireTensors(outputs);
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, outputs.Length);
        using var heads = new Borrowed(outputs);
        using var seeds = new Borrowed(gradients);
        fixed (nint* output = heads.Handles)
        fixed (nint* seed = seeds.Handles)
        {
            if (NativeMethods.stn_backward(output, seed, outputs.Length, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0) != 0)
                Native.Fail($"backward({TensorList.Describe(outputs)})");
        }
    }

    /// <summary>The gradients of outputs with respect to inputs, leaving every <see cref="Tensor.Grad"/> as it is.</summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">With respect to what.</param>
    /// <param name="gradients">Incoming gradients, one for each output; null where an output is one number.</param>
    /// <param name="retainGraph">Whether the graph may be used again.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated themselves.</param>
    /// <returns>One gradient for each input; null where an output does not depend on it.</returns>
    public static unsafe Tensor?[] Gradients(
        Tensor[] outputs, Tensor[] inputs, Tensor?[]? gradients = null, bool retainGraph = false, bool createGraph = false)
    {
        RequireTensors(outputs);
        RequireTensors(inputs);
        gradients ??= new Tensor?[outputs.Length];
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, outputs.Length);
        using var heads = new Borrowed(outputs);
        using var seeds = new Borrowed(gradients);
        using var leaves = new Borrowed(inputs);
        var results = new nint[inputs.Length];
        fixed (nint* output = heads.Handles)
        fixed (nint* seed = seeds.Handles)
        fixed (nint* input = leaves.Handles)
        fixed (nint* result = results)
        {
            var status = NativeMethods.stn_grad(
                output, seed, outputs.Length, input, inputs.Length, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, 1, result);
            if (status != 0)
                Native.Fail($"the gradient of ({TensorList.Describe(outputs)}) by ({TensorList.Describe(inputs)})");
        }

        return TensorList.Adopt(results);
    }

    private static void RequireTensors(Tensor[] tensors, [CallerArgumentExpression(nameof(tensors))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(tensors, name);
        foreach (var tensor in tensors)
            ArgumentNullException.ThrowIfNull(tensor, name);
    }

    /// <summary>Handles of a list of tensors, held until disposal.</summary>
    private readonly ref struct Borrowed
    {
        private readonly Tensor?[] _tensors;

        internal Borrowed(Tensor?[] tensors)
        {
            _tensors = tensors;
            Handles = new nint[tensors.Length];
            TensorList.Borrow(tensors, Handles);
        }

        internal nint[] Handles { get; }

        public void Dispose() => TensorList.Release(_tensors, _tensors.Length);
    }
}
