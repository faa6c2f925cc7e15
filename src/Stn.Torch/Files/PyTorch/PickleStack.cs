namespace Stn.Torch.Files.PyTorch;

/// <summary>
/// The pickle machine's memory: values, marks and the memo. Each has a bound far above what a state_dict needs
/// (Python's writer empties the stack every 1,000 items), so that a hostile file cannot grow it at will.
/// </summary>
internal sealed class PickleStack
{
    private const int MaxValues = 100_000;
    private const int MaxMarks = 1_000;
    private const int MaxMemo = 1_000_000;

    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<uint, object?> _memo = [];

    /// <summary>True, always, so that it can stand in a switch over operations.</summary>
    public bool Push(object? value)
    {
        if (_values.Count >= MaxValues)
            throw new InvalidDataException($"the pickle stacks more than {MaxValues} values; state dicts need a few thousand.");
        _values.Add(value);
        return true;
    }

    public object? Pop()
    {
        var value = Top();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    /// <summary>The last value, which stays. A value below the last mark is out of reach.</summary>
    public object? Top()
    {
        if (_values.Count <= (_marks.TryPeek(out var mark) ? mark : 0))
            throw new InvalidDataException("the pickle takes a value from an empty stack; it is damaged.");
        return _values[^1];
    }

    public T Pop<T>() => Expect<T>(Pop());

    public T Top<T>() => Expect<T>(Top());

    public bool Mark()
    {
        if (_marks.Count >= MaxMarks)
            throw new InvalidDataException($"the pickle nests deeper than {MaxMarks}.");
        _marks.Push(_values.Count);
        return true;
    }

    /// <summary>Takes all values above the last mark, and the mark.</summary>
    public object?[] PopMark()
    {
        if (!_marks.TryPop(out var mark))
            throw new InvalidDataException("the pickle closes a group that it never opened; it is damaged.");
        var items = _values.GetRange(mark, _values.Count - mark).ToArray();
        _values.RemoveRange(mark, items.Length);
        return items;
    }

    /// <summary>Takes a fixed number of values, the deepest first.</summary>
    public object?[] Pop(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            items[i] = Pop();
        return items;
    }

    public bool Remember(uint index)
    {
        if (_memo.Count >= MaxMemo)
            throw new InvalidDataException($"the pickle remembers more than {MaxMemo} values.");
        _memo[index] = Top();
        return true;
    }

    public bool RememberNext() => Remember((uint)_memo.Count);

    public object? Recall(uint index) => _memo.TryGetValue(index, out var value)
        ? value
        : throw new InvalidDataException($"the pickle recalls value {index}, which it never stored; it is damaged.");

    private static T Expect<T>(object? value) => value is T expected
        ? expected
        : throw new InvalidDataException($"the pickle uses {value?.GetType().Name ?? "None"} where {typeof(T).Name} is needed; it is damaged.");
}
