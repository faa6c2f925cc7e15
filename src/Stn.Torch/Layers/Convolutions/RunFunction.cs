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
        var input = isRecorded ? context.Saved(1)[0] : _input!;
        var output = isRecorded ? run.Plain(input, pass) : _output!;
        Tensor[] inputs = [input, .. run.Learned()];
        var learned = inputs.Where((_, i) => context.NeedsGrad(i)).ToArray();
        var results = Autograd.Gradients([output], learned, [gradients[0].Contiguous()], retainGraph: true, createGraph: isRecorded);
        if (isRecorded && context.NeedsGrad(0) && learned.Length > 1)
            TakeWhatComesThroughTheInput(input, learned, results);
        var left = new Queue<Tensor?>(results);
        return [.. inputs.Select((_, i) => context.NeedsGrad(i) ? left.Dequeue() : null)];
    }

    // Where a layer stands in the network twice, the input may depend on its parameters too. That part is the graph's around this function.
    private static void TakeWhatComesThroughTheInput(Tensor input, Tensor[] learned, Tensor?[] results)
    {
        if (results[0] is not { } flow)
            return;
        var through = Autograd.Gradients([input], learned[1..], [flow], createGraph: true);
        for (var i = 1; i < learned.Length; i++)
        {
            if (through[i - 1] is { } part && results[i] is { } all)
                results[i] = all - part;
        }
    }
}
