using System.Text;

namespace Stn.Torch.Files.PyTorch;

/// <summary>Writes the pickle of a state_dict: an OrderedDict of dense tensors, in protocol 2, as PyTorch does.</summary>
internal sealed class PickleWriter
{
    private const byte Protocol = 2;

    private readonly LittleEndianBytes _pickle = new();

    public static byte[] StateDict(IReadOnlyList<KeyValuePair<string, HostTensor>> tensors)
    {
        var writer = new PickleWriter();
        writer.Write(Opcode.Proto, Protocol);
        writer.OrderedDict();
        writer.Write(Opcode.Mark);
        for (var i = 0; i < tensors.Count; i++)
        {
            writer.Text(tensors[i].Key);
            writer.Tensor(tensors[i].Value, StorageKey(i));
        }

        writer.Write(Opcode.SetItems, Opcode.Stop);
        return writer._pickle.Span.ToArray();
    }

    /// <summary>The name of the i-th tensor's storage in the archive's <c>data/</c>.</summary>
    public static string StorageKey(int index) => $"{index}";

    private void Tensor(HostTensor tensor, string key)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Write(Opcode.Mark);
        Storage(tensor, key);
        Integer(0);
        Integers(tensor.Shape);
        Integers(Strides(tensor.Shape));
        Write(Opcode.NewFalse);
        OrderedDict();
        Write(Opcode.Tuple, Opcode.Reduce);
    }

    private void Storage(HostTensor tensor, string key)
    {
        Write(Opcode.Mark);
        Text("storage");
        Global("torch", PickleGlobals.StorageName(tensor.Type));
        Text(key);
        Text("cpu");
        Integer(tensor.Data.Length / tensor.Type.SizeInBytes());
        Write(Opcode.Tuple, Opcode.BinPersId);
    }

    private static long[] Strides(long[] shape)
    {
        var strides = new long[shape.Length];
        long next = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = next;
            // PyTorch counts an empty dimension as one here.
            next *= Math.Max(shape[i], 1);
        }

        return strides;
    }

    private void OrderedDict()
    {
        Global("collections", "OrderedDict");
        Write(Opcode.EmptyTuple, Opcode.Reduce);
    }

    private void Integers(long[] values)
    {
        Write(Opcode.Mark);
        foreach (var value in values)
            Integer(value);
        Write(Opcode.Tuple);
    }

    private void Integer(long value)
    {
        if (value <= int.MaxValue)
            _pickle.Bytes(Opcode.BinInt).UInt32((uint)value);
        else
            _pickle.Bytes(Opcode.Long1, sizeof(long)).Int64(value);
    }

    private void Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        _pickle.Bytes(Opcode.BinUnicode).UInt32((uint)utf8.Length).Bytes(utf8);
    }

    private void Global(string module, string name) =>
        _pickle.Bytes(Opcode.Global).Bytes(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    private void Write(params ReadOnlySpan<byte> bytes) => _pickle.Bytes(bytes);
}
