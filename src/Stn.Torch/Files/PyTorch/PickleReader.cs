namespace Stn.Torch.Files.PyTorch;

/// <summary>
/// A pickle machine that executes nothing. It knows a fixed list of operations and of names
/// (<see cref="PickleGlobals"/>), and gives back plain values and descriptions of tensors.
/// </summary>
internal sealed class PickleReader
{
    private const int MaxProtocol = 4;

    private readonly PickleInput _input;
    private readonly PickleStack _stack = new();

    private readonly Dictionary<string, StorageReference> _storages = [];

    private PickleReader(byte[] bytes, int start) => _input = new PickleInput(bytes, start);

    /// <summary>Reads the pickle that begins at a byte; it says itself where it ends.</summary>
    public static Pickled Read(byte[] bytes, int start = 0)
    {
        var reader = new PickleReader(bytes, start);
        return new Pickled(reader.Run(), reader._input.Position, reader._storages);
    }

    private object? Run()
    {
        while (true)
        {
            var at = _input.Position;
            var opcode = _input.Byte();
            if (opcode == Opcode.Stop)
                return _stack.Pop();
            if (!(Constant(opcode) || Number(opcode) || Text(opcode) || Memo(opcode) || Group(opcode) || Collect(opcode) || Make(opcode)))
                throw new InvalidDataException($"the pickle, byte {at}: the pickle operation 0x{opcode:x2} is not one that state dicts use. {PickleGlobals.Advice}");
        }
    }

    private bool Constant(byte opcode) => opcode switch
    {
        Opcode.None => _stack.Push(null),
        Opcode.NewTrue => _stack.Push(true),
        Opcode.NewFalse => _stack.Push(false),
        Opcode.EmptyTuple => _stack.Push(new PickledTuple([])),
        Opcode.EmptyList or Opcode.EmptySet => _stack.Push(new PickledList()),
        Opcode.EmptyDict => _stack.Push(new PickledDict()),
        _ => false,
    };

    private bool Number(byte opcode) => opcode switch
    {
        Opcode.BinInt1 => _stack.Push((long)_input.Byte()),
        Opcode.BinInt2 => _stack.Push((long)_input.UInt16()),
        Opcode.BinInt => _stack.Push((long)_input.Int32()),
        Opcode.Long1 => _stack.Push(_input.Long(_input.Byte())),
        Opcode.BinFloat => _stack.Push(_input.Double()),
        _ => false,
    };

    private bool Text(byte opcode) => opcode switch
    {
        Opcode.BinUnicode => _stack.Push(_input.Text(_input.UInt32())),
        Opcode.ShortBinUnicode => _stack.Push(_input.Text(_input.Byte())),
        Opcode.BinUnicode8 => _stack.Push(_input.Text(_input.UInt64())),
        // The texts of Python 2.
        Opcode.BinString => _stack.Push(_input.Text(_input.UInt32())),
        Opcode.ShortBinString => _stack.Push(_input.Text(_input.Byte())),
        Opcode.BinBytes => Skip(_input.UInt32()) && _stack.Push(new PickledOpaque()),
        Opcode.ShortBinBytes => Skip(_input.Byte()) && _stack.Push(new PickledOpaque()),
        _ => false,
    };

    private bool Memo(byte opcode) => opcode switch
    {
        Opcode.BinPut => _stack.Remember(_input.Byte()),
        Opcode.LongBinPut => _stack.Remember(_input.UInt32()),
        Opcode.Memoize => _stack.RememberNext(),
        Opcode.BinGet => _stack.Push(_stack.Recall(_input.Byte())),
        Opcode.LongBinGet => _stack.Push(_stack.Recall(_input.UInt32())),
        _ => false,
    };

    private bool Group(byte opcode) => opcode switch
    {
        Opcode.Mark => _stack.Mark(),
        Opcode.Tuple => _stack.Push(new PickledTuple(_stack.PopMark())),
        Opcode.Tuple1 => _stack.Push(new PickledTuple(_stack.Pop(1))),
        Opcode.Tuple2 => _stack.Push(new PickledTuple(_stack.Pop(2))),
        Opcode.Tuple3 => _stack.Push(new PickledTuple(_stack.Pop(3))),
        // A frame is only a hint of how much to read at once.
        Opcode.Frame => Skip(sizeof(ulong)),
        Opcode.Proto => Protocol(_input.Byte()),
        _ => false,
    };

    private bool Collect(byte opcode) => opcode switch
    {
        Opcode.Append => Append(_stack.Pop(1)),
        Opcode.Appends or Opcode.AddItems => Append(_stack.PopMark()),
        Opcode.SetItem => Set(_stack.Pop(2)),
        Opcode.SetItems => Set(_stack.PopMark()),
        _ => false,
    };

    private bool Make(byte opcode)
    {
        switch (opcode)
        {
            case Opcode.Global:
                return _stack.Push(PickleGlobals.Find(_input.Line(), _input.Line()));
            case Opcode.StackGlobal:
                var name = _stack.Pop<string>();
                return _stack.Push(PickleGlobals.Find(_stack.Pop<string>(), name));
            case Opcode.Reduce:
                var arguments = _stack.Pop<PickledTuple>();
                return _stack.Push(_stack.Pop<PickledFunction>()(arguments.Items));
            case Opcode.Build:
                // The one state that a state_dict has is the OrderedDict's _metadata: layer versions, of no use here.
                _stack.Pop<PickledDict>();
                _stack.Top<PickledDict>();
                return true;
            case Opcode.BinPersId:
                var storage = PickleGlobals.Storage(_stack.Pop<PickledTuple>().Items);
                _storages[storage.Key] = storage;
                return _stack.Push(storage);
            default:
                return false;
        }
    }

    private bool Append(object?[] items)
    {
        _stack.Top<PickledList>().Items.AddRange(items);
        return true;
    }

    private bool Set(object?[] pairs)
    {
        var items = _stack.Top<PickledDict>().Items;
        if (pairs.Length % 2 != 0)
            throw new InvalidDataException("the pickle sets a dictionary's name without a value; it is damaged.");
        for (var i = 0; i < pairs.Length; i += 2)
            items.Add(new(pairs[i], pairs[i + 1]));
        return true;
    }

    private bool Skip(ulong length)
    {
        _input.Bytes(length);
        return true;
    }

    private static bool Protocol(byte version) => version <= MaxProtocol
        ? true
        : throw new InvalidDataException($"the pickle is written in pickle protocol {version}; 2 to {MaxProtocol} are read (PyTorch writes 2).");
}
