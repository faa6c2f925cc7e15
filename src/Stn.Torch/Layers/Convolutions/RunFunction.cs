namespace Stn.Torch.Layers.Convolutions;

/// <summary>
/// A run in oneDNN's layout as one function of the graph around it. It keeps a graph of its own from forward to backward; where gradients
/// will be differentiated again, which oneDNN's operators cannot, backward goes through the plain layers.
/// </summary>
internal sealed class RunFunction(LayerRun run, Pass pass) : CustomFunction, IDisposable
{
    private Tensor? _input;
    private Tensor? _output;

    /// <inheritdoc/>
    public void Dispose()
    {
        _input?.Dispose();
        _output?.Dispose();
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[0]);
        using var recording = NoGrad.Lifted();
        _input = inputs[0].Detach().RequireGrad(inputs[0].RequiresGrad);
        _output = run.Blocked(_input, pass);
        _input.Scope = null; // until Dispose
        _output.Scope = null;
        return [_output.Detach()];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var isRecorded = NoGrad.IsRecording;
        var input = isRecorded ? Node(context.Saved(1)[0]) : _input!;
        var output = isRecorded ? run.Plain(input, pass) : _output!;
        Tensor[] inputs = [input, .. run.Learned()];
        var learned = inputs.Where((_, i) => context.NeedsGrad(i)).ToArray();
        var results = new Queue<Tensor?>(Autograd.Gradients(
            [output], learned, [gradients[0].Contiguous()], retainGraph: true, createGraph: isRecorded));
        return [.. inputs.Select((_, i) => context.NeedsGrad(i) ? results.Dequeue() : null)];
    }

    // A node of its own, see RecordedGradients: the input may depend on the same layers' parameters, where they stand in the network twice.
    private static Tensor Node(Tensor input) => input.Reshape(input.Shape);
}
