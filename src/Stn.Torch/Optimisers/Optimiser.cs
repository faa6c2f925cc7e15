namespace Stn.Torch.Optimisers;

/// <summary>Changes parameters by their gradients. The rate is given with each step, so a schedule is a function of the step and nothing else.</summary>
public abstract class Optimiser : IDisposable
{
    private const string StepName = "step";
    private readonly List<(string Name, Tensor Tensor)> _state = [];

    /// <summary>Takes the groups' learned parameters.</summary>
    protected Optimiser(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Entries = [.. from g in groups from p in g.Parameters where p.Parameter.IsLearned select new Entry(p.Name, p.Parameter.Value, g.RateFactor)];
        var name = Entries.GroupBy(e => e.Name).FirstOrDefault(same => same.Count() > 1);
        if (name is not null)
            throw new ArgumentException($"two parameters are called {name.Key}; the state keeps them apart by name", nameof(groups));
        var value = Entries.GroupBy(e => e.Value).FirstOrDefault(same => same.Count() > 1);
        if (value is not null)
            throw new ArgumentException($"{string.Join(" and ", value.Select(e => e.Name))} are one parameter", nameof(groups));
    }

    /// <summary>The number of steps made.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters, in a fixed order.</summary>
    protected IReadOnlyList<Entry> Entries { get; }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var entry in Entries)
            entry.Value.Grad = null;
    }

    /// <summary>One step of gradient descent.</summary>
    /// <param name="rate">The base learning rate; each group multiplies it by its factor.</param>
    public void Step(double rate)
    {
        StepCount++;
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var changes = new List<Change>(Entries.Count);
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Value.Grad is { } gradient)
                changes.Add(new Change(i, Entries[i].Value, gradient, rate * Entries[i].RateFactor));
        }

        Update(changes);
    }

    /// <summary>Counts a step that was recorded and now is replayed.</summary>
    public void CountReplayed() => StepCount++;

    /// <summary>The state that an exact resume needs: buffers by name, and the step count.</summary>
    public OrderedDictionary<string, HostTensor> State()
    {
        var state = new OrderedDictionary<string, HostTensor>();
        foreach (var (name, tensor) in _state)
            state.Add(name, tensor.ToHost());
        state.Add(StepName, new HostTensor(DType.Int64, [], BitConverter.GetBytes(StepCount)));
        return state;
    }

    /// <summary>Takes the whole state back, or nothing of it: it must fit exactly.</summary>
    /// <exception cref="ArgumentException">Names or shapes differ; the text lists every difference.</exception>
    public void Load(IReadOnlyDictionary<string, HostTensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var differences = Differences(state);
        if (differences.Count > 0)
            throw new ArgumentException($"the state does not fit this optimiser: {string.Join("; ", differences)}", nameof(state));

        using var recording = new NoGrad();
        foreach (var (name, tensor) in _state)
        {
            using var source = Tensor.From(state[name]);
            tensor.CopyFrom(source);
        }

        StepCount = BitConverter.ToInt64(state[StepName].Data);
    }

    /// <summary>Frees the buffers; the parameters belong to their modules.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the buffers.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        foreach (var (_, tensor) in _state)
            tensor.Dispose();
    }

    /// <summary>Changes all parameters that have a gradient, one after the other; an optimiser that can do more at once overrides it.</summary>
    /// <param name="changes">What to change.</param>
    protected virtual void Update(IReadOnlyList<Change> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var change in changes)
            Update(change.Index, change.Value, change.Gradient, change.Rate);
    }

    /// <summary>Changes one parameter. Runs without recording gradients, in a scope that frees temporaries.</summary>
    /// <param name="index">The parameter's place in <see cref="Entries"/>.</param>
    /// <param name="value">The parameter.</param>
    /// <param name="gradient">Its gradient; must not be changed.</param>
    /// <param name="rate">The rate of its group at this step.</param>
    protected abstract void Update(int index, Tensor value, Tensor gradient, double rate);

    /// <summary>A buffer of zeros for each parameter, saved with the state as <c>prefix.name</c>.</summary>
    protected IReadOnlyList<Tensor> Buffers(string prefix)
    {
        var buffers = new List<Tensor>();
        foreach (var entry in Entries)
        {
            var buffer = Tensor.ZerosLike(entry.Value);
            buffer.LeaveScope();
            buffers.Add(buffer);
            _state.Add(($"{prefix}.{entry.Name}", buffer));
        }

        return buffers;
    }

    private List<string> Differences(IReadOnlyDictionary<string, HostTensor> state)
    {
        var wanted = _state.ToDictionary(entry => entry.Name, entry => entry.Tensor.Shape);
        wanted.Add(StepName, []);
        var differences = new List<string>();
        foreach (var (name, shape) in wanted)
        {
            if (!state.TryGetValue(name, out var host))
                differences.Add($"{name} is missing");
            else if (!host.Shape.AsSpan().SequenceEqual(shape))
                differences.Add($"{name} is ({string.Join(", ", host.Shape)}), expected ({string.Join(", ", shape)})");
        }

        differences.AddRange(state.Keys.Where(name => !wanted.ContainsKey(name)).Select(name => $"{name} is unexpected"));
        return differences;
    }

    /// <summary>What a step does to a parameter.</summary>
    /// <param name="Index">Its place in <see cref="Entries"/>.</param>
    /// <param name="Value">Its tensor.</param>
    /// <param name="Gradient">Its gradient; must not be changed.</param>
    /// <param name="Rate">The rate of its group at this step.</param>
    protected readonly record struct Change(int Index, Tensor Value, Tensor Gradient, double Rate);

    /// <summary>A parameter and its group's factor.</summary>
    /// <param name="Name">Its full name.</param>
    /// <param name="Value">Its tensor.</param>
    /// <param name="RateFactor">What the base rate is multiplied by.</param>
    protected sealed record Entry(string Name, Tensor Value, double RateFactor);
}
