using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>What a <see cref="CustomFunction"/> keeps from forward to backward; valid during the callback only.</summary>
public sealed unsafe class FunctionContext : IDisposable
{
    private nint _context;

    internal FunctionContext(nint context) => _context = context;

    private nint Context
    {
        get
        {
            ObjectDisposedException.ThrowIf(_context == 0, this);
            return _context;
        }
    }

    /// <summary>In forward: keeps inputs and outputs for backward.</summary>
    public void Save(params Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var handles = new nint[tensors.Length];
        TensorList.Borrow(tensors, handles);
        try
        {
            fixed (nint* first = handles)
            {
                Native.Check(NativeMethods.stn_context_save(Context, first, handles.Length), "saving for backward");
            }
        }
        finally
        {
            TensorList.Release(tensors, tensors.Length);
        }
    }

    /// <summary>In backward: the <paramref name="count"/> tensors that forward saved, in its order.</summary>
    /// <exception cref="TorchException">Another number was saved, or one of them was changed in place since.</exception>
    public Tensor[] Saved(int count)
    {
        var handles = new nint[count];
        fixed (nint* first = handles)
        {
            Native.Check(NativeMethods.stn_context_saved(Context, first, count), "reading what forward saved");
        }

        return TensorList.Adopt(handles)!;
    }

    /// <summary>In backward: whether the gradient of input <paramref name="index"/> is wanted.</summary>
    /// <exception cref="TorchException">There is no such input, or this is forward.</exception>
    public bool NeedsGrad(int index)
    {
        Native.Check(NativeMethods.stn_context_needs_grad(Context, index, out var needed), $"asking whether input {index} needs a gradient");
        return needed != 0;
    }

    /// <summary>Ends its use: the callback is over, and what it points to may go away.</summary>
    void IDisposable.Dispose() => _context = 0;
}
