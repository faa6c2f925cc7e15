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

    /// <summary>Loads all parameters and buffers, or none: the state must fit exactly, but for what <see cref="Parameter.IsOptional"/> allows to be missing.</summary>
    /// <param name="module">What is loaded.</param>
    /// <param name="state">Its numbers by full name.</param>
    /// <exception cref="ArgumentException">Names or shapes differ; the text lists every difference.</exception>
    public static void Load(this Module module, IReadOnlyDictionary<string, HostTensor> state)
    {
        var differences = module.Differences(state);
        if (differences.Count > 0)
            throw new ArgumentException($"the weights do not fit this network: {string.Join("; ", differences)}", nameof(state));

        module.LoadMatching(state);
    }

    /// <summary>Loads what has the same name and shape, for a start from other weights.</summary>
    /// <returns>The names that were loaded.</returns>
    public static IReadOnlyList<string> LoadMatching(this Module module, IReadOnlyDictionary<string, HostTensor> state)
    {
        var matching = module.Fit(state).Matching;
        var parameters = module.Parameters().ToDictionary(p => p.Name, p => p.Parameter);
        foreach (var name in matching)
            parameters[name].Copy(state[name]);
        return matching;
    }

    /// <summary>What keeps <paramref name="state"/> from fitting: missing, unexpected and differently shaped entries, in words.</summary>
    public static IReadOnlyList<string> Differences(this Module module, IReadOnlyDictionary<string, HostTensor> state) =>
        module.Fit(state).Differences;

    /// <summary>Compares the names and shapes of <paramref name="state"/> with the module's.</summary>
    public static StateFit Fit(this Module module, IReadOnlyDictionary<string, HostTensor> state)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(state);
        var (matching, missing, otherShape, wanted) = (new List<string>(), new List<string>(), new List<ShapeDifference>(), new HashSet<string>());
        foreach (var (name, parameter) in module.Parameters())
        {
            wanted.Add(name);
            if (!state.TryGetValue(name, out var host))
            {
                if (!parameter.IsOptional)
                    missing.Add(name);
            }
            else if (parameter.Value.Shape is var shape && host.Shape.AsSpan().SequenceEqual(shape))
            {
                matching.Add(name);
            }
            else
            {
                otherShape.Add(new ShapeDifference(name, host.Shape, shape));
            }
        }

        return new StateFit(matching, missing, otherShape, [.. state.Keys.Where(name => !wanted.Contains(name))]);
    }

    private static void Copy(this Parameter parameter, HostTensor host)
    {
        using var recording = new NoGrad();
        using var source = Tensor.From(host);
        parameter.Value.CopyFrom(source);
    }
}
