namespace Stn.Torch.Files.PyTorch;

/// <summary>
/// Finds the tensors in what a pickle held: nested dictionaries and lists give dotted names, other values are
/// passed over. A pickle can refer to one value many times, so the walk has bounds of its own.
/// </summary>
internal sealed class StateDictCollector
{
    private const int MaxDepth = 64;
    private const int MaxName = 1_000;
    private const int MaxTensors = 100_000;
    private const int MaxValues = 2_000_000;

    private readonly OrderedDictionary<string, TensorReference> _tensors = [];
    private int _visited;

    /// <param name="root">What the pickle held.</param>
    /// <param name="key">The dotted name of the dictionary to look in, or null for all.</param>
    public static OrderedDictionary<string, TensorReference> Collect(object? root, string? key)
    {
        if (root is not PickledDict dictionary)
            throw new InvalidDataException($"the file holds {(root is TensorReference ? "a single tensor" : "no dictionary")}; save a dictionary of named tensors, as model.state_dict() gives.");
        var start = key is null ? dictionary : Find(dictionary, key, 0) as PickledDict
            ?? throw new InvalidDataException($"the file holds no dictionary '{key}'; those at its top are: {Names(dictionary)}.");
        var collector = new StateDictCollector();
        collector.Walk(start, "", 0);
        return collector._tensors;
    }

    private static object? Find(PickledDict dictionary, string key, int depth)
    {
        foreach (var (name, value) in dictionary.Items)
        {
            if (key.Equals(name))
                return value;
            if (depth < MaxDepth && name is string prefix && value is PickledDict inner
                && key.StartsWith($"{prefix}.", StringComparison.Ordinal)
                && Find(inner, key[(prefix.Length + 1)..], depth + 1) is { } found)
                return found;
        }

        return null;
    }

    private static string Names(PickledDict dictionary)
    {
        const int shown = 10;
        var names = dictionary.Items.Where(pair => pair.Value is PickledDict).Select(pair => $"'{pair.Key}'").ToList();
        return names.Count == 0 ? "none" : string.Join(", ", names.Take(shown)) + (names.Count > shown ? ", …" : "");
    }

    private void Walk(object? value, string name, int depth)
    {
        if (++_visited > MaxValues)
            throw new InvalidDataException($"the file nests more than {MaxValues} values; a checkpoint needs far fewer.");
        switch (value)
        {
            case TensorReference tensor:
                if (_tensors.Count >= MaxTensors || !_tensors.TryAdd(name, tensor))
                    throw new InvalidDataException(_tensors.Count >= MaxTensors
                        ? $"the file holds more than {MaxTensors} tensors."
                        : $"the file names the tensor '{name}' twice.");
                break;
            case PickledDict dictionary:
                foreach (var (key, item) in dictionary.Items)
                    Enter(item, name, key, depth);
                break;
            case PickledList list:
                WalkAll(list.Items, name, depth);
                break;
            case PickledTuple tuple:
                WalkAll(tuple.Items, name, depth);
                break;
        }
    }

    private void WalkAll(IEnumerable<object?> items, string name, int depth)
    {
        var index = 0L;
        foreach (var item in items)
            Enter(item, name, index++, depth);
    }

    private void Enter(object? item, string parent, object? key, int depth)
    {
        // Numbers and texts come in long lists and need no name.
        if (item is not (TensorReference or PickledDict or PickledList or PickledTuple))
        {
            _visited++;
            return;
        }

        var name = parent.Length == 0 ? $"{key}" : $"{parent}.{key}";
        if (depth >= MaxDepth || name.Length > MaxName)
            throw new InvalidDataException($"the file nests dictionaries deeper than {MaxDepth}, or names of more than {MaxName} letters.");
        if (key is not (string or long))
            throw new InvalidDataException($"below '{parent}' a tensor or a group stands under a name that is neither text nor number.");
        Walk(item, name, depth + 1);
    }
}
