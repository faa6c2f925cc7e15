using Stn.Checks.Results;

namespace Stn.Checks.Checks;

/// <summary>Buffers one behind the other in one block, at any alignment, with canaries of NaN before, between and behind them.</summary>
internal sealed class CanaryMemory
{
    private const int Canary = 64;

    // One block a thread, as large as was ever needed.
    [ThreadStatic]
    private static float[]? _block;

    // A quiet NaN with a payload of its own: neither arithmetic nor a copy of zeros makes it.
    private static readonly float Mark = BitConverter.UInt32BitsToSingle(0x7FC5A5A5);

    private readonly List<(int Start, int Length)> _buffers = [];
    private readonly int _misalignment;
    private int _end;
    private int _inputs;
    private float[] _before = [];

    /// <param name="random">Draws the alignment.</param>
    internal CanaryMemory(Random random)
    {
        _misalignment = random.Next(8);
        _end = Canary + _misalignment;
        _block ??= new float[1 << 16];
        _block.AsSpan(0, _end).Fill(Mark);
    }

    /// <summary>A buffer, in the order in which they were added.</summary>
    internal Span<float> this[int index] => _block.AsSpan(_buffers[index].Start, _buffers[index].Length);

    /// <summary>Adds a buffer.</summary>
    internal void Add(int length, Func<int, float> value)
    {
        while (_end + length + Canary > _block!.Length)
            Array.Resize(ref _block, 2 * _block.Length);
        _buffers.Add((_end, length));
        for (var i = 0; i < length; i++)
            _block[_end + i] = value(i);
        _block.AsSpan(_end + length, Canary).Fill(Mark);
        _end += length + Canary;
    }

    /// <summary>From now on the first buffers are inputs, which nothing may change, and the others hold what the kernels must write in full.</summary>
    internal void Seal(int inputs)
    {
        _inputs = inputs;
        for (var i = inputs; i < _buffers.Count; i++)
            this[i].Fill(Mark);
        _before = _block.AsSpan(0, _end).ToArray();
    }

    /// <summary>What is not as it must be: changed canaries and inputs, and outputs that hold a NaN.</summary>
    internal IEnumerable<Difference> Damage(string what)
    {
        var first = _buffers[_inputs].Start - Canary;
        if (FirstChange(0, first) is var input && input >= 0)
            yield return new Difference($"{what}: an input or the memory around it", input, _before[input], _block![input], 0);
        for (var i = _inputs; i < _buffers.Count; i++)
        {
            var (start, length) = _buffers[i];
            foreach (var begin in new[] { start - Canary, start + length })
            {
                if (FirstChange(begin, Canary) is var canary && canary >= 0)
                    yield return new Difference($"{what}: the memory around output {i - _inputs}", canary - start, Mark, _block![canary], 0);
            }

            if (this[i].IndexOf(float.NaN) is var nan && nan >= 0)
                yield return new Difference($"{what}: output {i - _inputs}, read from outside or not written", nan, 0, float.NaN, 0);
        }
    }

    // Bit for bit: a NaN is not equal to itself as a number.
    private int FirstChange(int start, int length)
    {
        var now = System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(_block.AsSpan(start, length));
        var then = System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(_before.AsSpan(start, length));
        var same = now.CommonPrefixLength(then);
        return same == length ? -1 : start + same;
    }
}
