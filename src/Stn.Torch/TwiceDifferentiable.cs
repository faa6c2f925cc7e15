namespace Stn.Torch;

/// <summary>
/// A function whose fast operators libtorch can differentiate once only. It keeps their graph from forward to backward; where gradients
/// will be differentiated again, backward goes through other operators that compute the same.
/// </summary>
/// <param name="fast">Of the inputs.</param>
/// <param name="recorded">The same, by operators whose gradients have gradients.</param>
public sealed class TwiceDifferentiable(Func<Tensor[], Tensor> fast, Func<Tensor[], Tensor> recorded) : CustomFunction, IDisposable
{
    private Tensor[] _inputs = [];
    private Tensor? _output;

    /// <summary>Frees the graph that it keeps.</summary>
    public void Dispose()
    {
        foreach (var input in _inputs)
            input.Dispose();
        _output?.Dispose();
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(inputs);
        context.Save(inputs);
        using var recording = NoGrad.Lifted();
        _inputs = [.. inputs.Select(input => input.Detach().RequireGrad(input.RequiresGrad))];
        _output = fast(_inputs);
        foreach (var tensor in _inputs.Append(_output))
            tensor.Scope = null; // until Dispose
        return [_output.Detach()];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(gradients);
        var wanted = _inputs.Select((_, i) => context.NeedsGrad(i)).ToArray();
        if (NoGrad.IsRecording)
            return RecordedGradients(recorded, context.Saved(_inputs.Length), wanted, gradients[0]);

        var results = new Queue<Tensor?>(Autograd.Gradients([_output!], [.. _inputs.Where((_, i) => wanted[i])], [gradients[0]], retainGraph: true));
        return [.. wanted.Select(want => want ? results.Dequeue() : null)];
    }
}
