using Parallel = Stn.Torch.Layers.Convolutions.Parallel;

namespace Stn.Torch.Layers;

/// <summary>
/// Modules side by side as one function of the graph around them, (inputs, parameters) to outputs. Each keeps a graph of its own from forward to
/// backward, since libtorch's own backward pass walks through one graph on one thread.
/// </summary>
internal sealed class SideBySideFunction(IReadOnlyList<Module> modules, Pass pass) : CustomFunction, IDisposable
{
    private readonly Tensor[][] _learned = [.. modules.Select(module => module.Parameters().Where(p => p.Parameter.IsLearned).Select(p => p.Parameter.Value).ToArray())];
    private readonly Tensor?[] _inputs = new Tensor?[modules.Count];
    private readonly Tensor?[] _outputs = new Tensor?[modules.Count];

    /// <summary>What <see cref="CustomFunction.Apply"/> must be given behind the inputs.</summary>
    internal IEnumerable<Tensor> Learned => _learned.SelectMany(parameters => parameters);

    /// <inheritdoc/>
    protected override int OutputCount => modules.Count;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _inputs.Concat(_outputs))
            tensor?.Dispose();
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs[..modules.Count]);
        Parallel.For(modules.Count, i =>
        {
            using var recording = NoGrad.Lifted();
            using var scope = new TensorScope();
            var input = inputs[i].Detach().RequireGrad(inputs[i].RequiresGrad);
            var output = modules[i].Forward(input, pass);
            (_inputs[i], _outputs[i]) = (input, output);
            (input.Scope, output.Scope) = (null, null); // until Dispose
        });
        return [.. _outputs.Select(output => output!.Detach())];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var isRecorded = NoGrad.IsRecording;
        var inputs = isRecorded ? context.Saved(modules.Count) : [.. _inputs.Select(input => input!)];
        Tensor[][] all = [.. inputs.Select((input, i) => new[] { input }.Concat(_learned[i]).ToArray())];
        var needed = Needed(context);
        var results = new Tensor?[modules.Count][];
        if (isRecorded)
        {
            // Gradients that will be differentiated again: one graph, on one thread.
            for (var i = 0; i < results.Length; i++)
                results[i] = Gradients(modules[i].Forward(inputs[i], pass), all[i], needed[i], gradients[i], createGraph: true);
        }
        else
        {
            Parallel.For(results.Length, i =>
            {
                using var scope = new TensorScope();
                results[i] = Gradients(_outputs[i]!, all[i], needed[i], gradients[i].Contiguous(), createGraph: false);
                foreach (var result in results[i])
                    result?.LeaveScope();
            });
            foreach (var result in results.SelectMany(each => each))
            {
                if (result is not null)
                    TensorScope.Current?.Add(result);
            }
        }

        return [.. results.Select(each => each[0]), .. results.SelectMany(each => each[1..])];
    }

    // For each module, of its input and of its parameters.
    private bool[][] Needed(FunctionContext context)
    {
        var next = modules.Count;
        return [.. _learned.Select((parameters, i) => new[] { context.NeedsGrad(i) }.Concat(parameters.Select(_ => context.NeedsGrad(next++))).ToArray())];
    }

    private static Tensor?[] Gradients(Tensor output, Tensor[] inputs, bool[] needed, Tensor gradient, bool createGraph)
    {
        var wanted = inputs.Where((_, i) => needed[i]).ToArray();
        if (wanted.Length == 0)
            return new Tensor?[inputs.Length];
        var results = new Queue<Tensor?>(Autograd.Gradients([output], wanted, [gradient], retainGraph: true, createGraph: createGraph));
        return [.. needed.Select(need => need ? results.Dequeue() : null)];
    }
}
