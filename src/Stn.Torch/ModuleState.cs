namespace Stn.Torch;

/// <summary>The numbers of a module as named host tensors, and back: what checkpoints and weight files hold.</summary>
public static class ModuleState
{
    /// <summary>Copies all parameters and buffers out, in the module's order.</summary>
    public static OrderedDictionary<string, HostTensor> State(this Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var state = new OrderedDictionary<string, HostTensor>();
        foreach (var (name, parameter) in module.Parameters())
            state.Add(name, parameter.Value.ToHost());
        return state;
    }

    /// <summary>Loads all parameters and buffers, or none: the state must fit exactly.</summary>
    /// <param name="module">What is loaded.</param>
    /// <param name="state">Its numbers by full name.</param>
    /// <exception cref="ArgumentException">Names or shapes differ; the text lists every difference.</exception>
    public static void Load(this Module module, IReadOnlyDictionary<string, HostTensor> state)
    {
        var differences = module.Differences(state);
        if (differences.Count > 0)
            throw new ArgumentException($"the weights do not fit this network: {string.Join("; ", differences)}", nameof(state));

        foreach (var (name, parameter) in module.Parameters())
            parameter.Copy(state[name]);
    }

    /// <summary>Loads what has the same name and shape, for a start from other weights.</summary>
    /// <returns>The names that were loaded.</returns>
    public static IReadOnlyList<string> LoadMatching(this Module module, IReadOnlyDictionary<string, HostTensor> state)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(state);
        var loaded = new List<string>();
        foreach (var (name, parameter) in module.Parameters())
        {
            if (!state.TryGetValue(name, out var host) || !host.Shape.AsSpan().SequenceEqual(parameter.Value.Shape))
                continue;
            parameter.Copy(host);
            loaded.Add(name);
        }

        return loaded;
    }

    /// <summary>What keeps <paramref name="state"/> from fitting: missing, unexpected and differently shaped entries, in words.</summary>
    public static IReadOnlyList<string> Differences(this Module module, IReadOnlyDictionary<string, HostTensor> state)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(state);
        var differences = new List<string>();
        var wanted = new HashSet<string>();
        foreach (var (name, parameter) in module.Parameters())
        {
            wanted.Add(name);
            var shape = parameter.Value.Shape;
            if (!state.TryGetValue(name, out var host))
                differences.Add($"{name} is missing");
            else if (!host.Shape.AsSpan().SequenceEqual(shape))
                differences.Add($"{name} is ({string.Join(", ", host.Shape)}) in the file and ({string.Join(", ", shape)}) in the network");
        }

        differences.AddRange(state.Keys.Where(name => !wanted.Contains(name)).Select(name => $"{name} is not in the network"));
        return differences;
    }

    private static void Copy(this Parameter parameter, HostTensor host)
    {
        using var recording = new NoGrad();
        using var source = Tensor.From(host);
        parameter.Value.CopyFrom(source);
    }
}
