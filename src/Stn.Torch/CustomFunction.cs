using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>A differentiable function whose forward and backward are written in C#.</summary>
/// <remarks>
/// One object serves one call of <see cref="Apply"/>: what backward needs besides tensors may stand in its fields. Both
/// callbacks run inside a <see cref="TensorScope"/> of their own; forward without recording gradients. An exception in
/// either comes out of <see cref="Apply"/> or of the backward pass as a <see cref="TorchException"/> that holds it. A function
/// that is disposable is disposed when the graph lets go of it.
/// </remarks>
public abstract class CustomFunction
{
    /// <summary>The number of tensors that <see cref="Forward"/> returns.</summary>
    protected virtual int OutputCount => 1;

    /// <summary>Calls the function.</summary>
    /// <returns>What <see cref="Forward"/> returned, as part of the graph.</returns>
    public Tensor[] Apply(params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var input in inputs)
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
        return FunctionBridge.Apply(this, inputs, OutputCount);
    }

    /// <summary>Computes the outputs and saves what backward needs.</summary>
    /// <param name="context">Keeps tensors for <see cref="Backward"/>.</param>
    /// <param name="inputs">The tensors given to <see cref="Apply"/>.</param>
    protected internal abstract Tensor[] Forward(FunctionContext context, Tensor[] inputs);

    /// <summary>Computes the gradient of every input from those of the outputs.</summary>
    /// <param name="context">Gives back the saved tensors, and says which gradients are wanted.</param>
    /// <param name="gradients">The gradient of each output, of its shape; any strides, possibly expanded.</param>
    /// <returns>One gradient for each input, null where none is wanted or there is none.</returns>
    protected internal abstract Tensor?[] Backward(FunctionContext context, Tensor[] gradients);

    /// <summary>
    /// For <see cref="Backward"/> where gradients will be differentiated again (<see cref="NoGrad.IsRecording"/>): the gradients by each input
    /// alone, from operators that libtorch records.
    /// </summary>
    /// <remarks>
    /// One input may depend on another, as a transformer's θ on U. What flows from one to the other is the business of the graph around the
    /// function; so the inputs stand as nodes of their own here, which nothing connects.
    /// </remarks>
    /// <param name="compute">What the function computes, in operators.</param>
    /// <param name="inputs">Its inputs, as forward saved them.</param>
    /// <param name="wanted">Of which a gradient is wanted.</param>
    /// <param name="gradient">The gradient of what it computes.</param>
    /// <returns>One gradient for each input, null where none is wanted or there is none.</returns>
    protected static Tensor?[] RecordedGradients(Func<Tensor[], Tensor> compute, Tensor[] inputs, bool[] wanted, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentNullException.ThrowIfNull(inputs);
        Tensor[] nodes = [.. inputs.Select(input => input.Reshape(input.Shape))];
        var results = new Queue<Tensor?>(Autograd.Gradients(
            [compute(nodes)], [.. nodes.Where((_, i) => wanted[i])], [gradient], createGraph: true));
        return [.. wanted.Select(want => want ? results.Dequeue() : null)];
    }
}
