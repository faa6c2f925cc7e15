using Parallel = Stn.Torch.Layers.Convolutions.Parallel;

namespace Stn.Torch.Layers;

/// <summary>
/// Modules that know nothing of each other, each with an input of its own: where there are no more threads than modules, each runs on one thread,
/// and what an operator does on a single thread anyway, another module's does beside it.
/// </summary>
/// <remarks>One after the other where they share parameters, draw random numbers for dropout, or where someone observes the pass.</remarks>
public static class SideBySide
{
    /// <summary>The outputs of the modules, in their order.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="inputs">One for each.</param>
    /// <param name="pass">Training or inference.</param>
    /// <exception cref="ArgumentException">There are other inputs than modules.</exception>
    public static Tensor[] Forward(IReadOnlyList<Module> modules, IReadOnlyList<Tensor> inputs, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(modules);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(pass);
        if (modules.Count != inputs.Count)
            throw new ArgumentException($"{modules.Count} modules need as many inputs, got {inputs.Count}", nameof(inputs));
        if (!Suits(modules, inputs, pass))
            return [.. modules.Select((module, i) => module.Forward(inputs[i], pass))];
        return NoGrad.IsRecording ? Recorded(modules, inputs, pass) : Unrecorded(modules, inputs, pass);
    }

    private static Tensor[] Recorded(IReadOnlyList<Module> modules, IReadOnlyList<Tensor> inputs, Pass pass)
    {
        var function = new SideBySideFunction(modules, pass);
        return function.Apply([.. inputs, .. function.Learned]);
    }

    private static Tensor[] Unrecorded(IReadOnlyList<Module> modules, IReadOnlyList<Tensor> inputs, Pass pass)
    {
        var outputs = new Tensor[modules.Count];
        Parallel.For(outputs.Length, i =>
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            outputs[i] = scope.Keep(modules[i].Forward(inputs[i], pass));
            outputs[i].LeaveScope();
        });
        foreach (var output in outputs)
            TensorScope.Current?.Add(output);
        return outputs;
    }

    private static bool Suits(IReadOnlyList<Module> modules, IReadOnlyList<Tensor> inputs, Pass pass)
    {
        if (TorchRuntime.Threads < 2 || TorchRuntime.Threads > modules.Count || pass.Observer is not null || pass.Replace is not null
            || inputs.Any(input => input.Device.IsCuda))
            return false;
        var parts = modules.SelectMany(module => module.Modules()).Select(named => named.Module).ToArray();
        var parameters = modules.SelectMany(module => module.Parameters()).Select(named => named.Parameter).ToArray();
        return !parts.Any(part => part is Dropout or Dropout2d) && parameters.Distinct().Count() == parameters.Length;
    }
}
