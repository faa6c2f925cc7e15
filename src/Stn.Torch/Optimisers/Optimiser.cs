namespace Stn.Torch.Optimisers;

/// <summary>Changes parameters by their gradients. The rate is given with each step, so a schedule is a function of the step and nothing else.</summary>
public abstract class Optimiser : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> _state = [];

    /// <summary>Takes the groups' learned parameters.</summary>
    protected Optimiser(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Entries = [.. from g in groups from p in g.Parameters where p.Parameter.IsLearned select new Entry(p.Name, p.Parameter.Value, g.RateFactor)];
        var twice = Entries.GroupBy(e => e.Name).FirstOrDefault(names => names.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"{twice.Key} is in two parameter groups", nameof(groups));
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
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Value.Grad is { } gradient)
                Update(i, Entries[i].Value, gradient, rate * Entries[i].RateFactor);
        }
    }

    /// <summary>The state that an exact resume needs: buffers by name, and the step count.</summary>
    public OrderedDictionary<string, HostTensor> State()
    {
        var state = new OrderedDictionary<string, HostTensor>();
        foreach (var (name, tensor) in _state)
            state.Add(name, tensor.ToHost());
        state.Add("step", new HostTensor(DType.Int64, [], BitConverter.GetBytes(StepCount)));
        return state;
    }

    /// <summary>Takes the state back.</summary>
    /// <exception cref="ArgumentException">An entry is missing or has another shape.</exception>
    public void Load(IReadOnlyDictionary<string, HostTensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var recording = new NoGrad();
        foreach (var (name, tensor) in _state)
        {
            var host = Required(state, name);
            if (!host.Shape.AsSpan().SequenceEqual(tensor.Shape))
                throw new ArgumentException($"the optimiser's {name} is ({string.Join(", ", host.Shape)}), expected {tensor}", nameof(state));
            using var source = Tensor.From(host);
            tensor.CopyFrom(source);
        }

        StepCount = BitConverter.ToInt64(Required(state, "step").Data);
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

    private static HostTensor Required(IReadOnlyDictionary<string, HostTensor> state, string name) =>
        state.TryGetValue(name, out var host)
            ? host
            : throw new ArgumentException($"the optimiser's {name} is missing", nameof(state));

    /// <summary>A parameter and its group's factor.</summary>
    /// <param name="Name">Its full name.</param>
    /// <param name="Value">Its tensor.</param>
    /// <param name="RateFactor">What the base rate is multiplied by.</param>
    protected sealed record Entry(string Name, Tensor Value, double RateFactor);
}
