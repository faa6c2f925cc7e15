using System.Runtime.InteropServices;
using System.Text;

namespace Stn.Torch.Interop;

/// <summary>
/// The native form of a call's arguments, and the references that keep its tensors alive until the call is over.
/// </summary>
/// <remarks>Lists are copied into <paramref name="scratch"/>, eight bytes an entry; tensors are held by their SafeHandle.</remarks>
internal unsafe ref struct CallFrame(Span<NativeValue> values, Span<long> scratch)
{
    private readonly Span<NativeValue> _values = values;
    private readonly Span<long> _scratch = scratch;
    private int _used;

    /// <summary>How many eight-byte entries the lists and texts of <paramref name="arguments"/> take.</summary>
    internal static int ScratchFor(ReadOnlySpan<Argument> arguments)
    {
        var entries = 0;
        foreach (ref readonly var argument in arguments)
            entries += argument.Reference switch
            {
                Array list => list.Length,
                string text => (Encoding.UTF8.GetMaxByteCount(text.Length) / sizeof(long)) + 1,
                _ => 0,
            };
        return entries;
    }

    internal void Fill(ReadOnlySpan<Argument> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
            Fill(ref _values[i], in arguments[i]);
    }

    /// <summary>Lets go of the tensors; the counterpart of <see cref="Fill(ReadOnlySpan{Argument})"/>, also when that failed half way.</summary>
    internal static void Release(ReadOnlySpan<Argument> arguments, ReadOnlySpan<NativeValue> values)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (values[i].Tag == ValueTag.Tensor)
                ((Tensor)arguments[i].Reference!).DangerousRelease();
            else if (values[i].Tag == ValueTag.Tensors)
                TensorList.Release((Tensor?[])arguments[i].Reference!, values[i].Count);
        }
    }

    private void Fill(ref NativeValue value, in Argument argument)
    {
        value.Integer = argument.Integer;
        switch (argument.Tag)
        {
            case ValueTag.Real:
                value.Real = argument.Real;
                break;
            case ValueTag.Tensor:
                value.Pointer = ((Tensor)argument.Reference!).Borrow();
                break;
            case ValueTag.Ints:
                FillList(ref value, ((long[])argument.Reference!).AsSpan());
                break;
            case ValueTag.Reals:
                FillList(ref value, MemoryMarshal.Cast<double, long>(((double[])argument.Reference!).AsSpan()));
                break;
            case ValueTag.Tensors:
                FillTensors(ref value, (Tensor?[])argument.Reference!);
                break;
            case ValueTag.Text or ValueTag.Device:
                FillText(ref value, (string)argument.Reference!);
                break;
        }

        // Last: Release trusts the tag, so it must not be there before the reference is held.
        value.Tag = argument.Tag;
    }

    private Span<long> Take(ref NativeValue value, int entries)
    {
        var part = _scratch.Slice(_used, entries);
        _used += entries;
        fixed (long* first = part)
        {
            value.Pointer = (nint)first; // the scratch is on the stack or pinned
        }

        return part;
    }

    private void FillList(ref NativeValue value, ReadOnlySpan<long> list)
    {
        list.CopyTo(Take(ref value, list.Length));
        value.Count = list.Length;
    }

    private void FillTensors(ref NativeValue value, Tensor?[] tensors)
    {
        TensorList.Borrow(tensors, MemoryMarshal.Cast<long, nint>(Take(ref value, tensors.Length)));
        value.Count = tensors.Length;
    }

    private void FillText(ref NativeValue value, string text)
    {
        var entries = (Encoding.UTF8.GetByteCount(text) / sizeof(long)) + 1;
        value.Count = Encoding.UTF8.GetBytes(text, MemoryMarshal.AsBytes(Take(ref value, entries)));
    }
}
