namespace Stn.Torch.Interop;

/// <summary>An ATen operator by its schema's name and overload; looked up at the first call.</summary>
/// <param name="name">For example <c>aten::conv2d</c>.</param>
/// <param name="overload">For example <c>Tensor</c>; empty where there is none.</param>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackEntries = 64;
    private const int MostResults = 4;
    private nint _op;

    /// <summary>Calls the operator for its one result.</summary>
    internal Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Run(arguments, &result, 1);
        return result.Tag == ValueTag.Tensor
            ? new Tensor(result.Pointer)
            : throw new InvalidOperationException($"{name} returned {result.Tag}, not a tensor");
    }

    /// <summary>Calls the operator for two tensors.</summary>
    internal (Tensor First, Tensor Second) CallForTwo(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[MostResults];
        var count = Run(arguments, results, MostResults);
        for (var i = 2; i < count; i++)
            NativeMethods.stn_tensor_free(results[i].Tag == ValueTag.Tensor ? results[i].Pointer : 0);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    /// <summary>Calls the operator for a list of tensors.</summary>
    internal Tensor[] CallForList(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Run(arguments, &result, 1);
        try
        {
            return TensorList.Adopt(new ReadOnlySpan<nint>((void*)result.Pointer, result.Count))!;
        }
        finally
        {
            NativeMethods.stn_list_free(result.Pointer);
        }
    }

    /// <summary>Calls the operator for what it does to its arguments; its results are dropped.</summary>
    internal void Do(params ReadOnlySpan<Argument> arguments) => Run(arguments, null, 0);

    private int Run(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        if (_op == 0)
            Find();

        Span<NativeValue> values = stackalloc NativeValue[arguments.Length];
        values.Clear();
        var entries = CallFrame.ScratchFor(arguments);
        Span<long> scratch = entries <= StackEntries
            ? stackalloc long[StackEntries]
            : GC.AllocateUninitializedArray<long>(entries, pinned: true);
        try
        {
            new CallFrame(values, scratch).Fill(arguments);
            int count;
            int status;
            fixed (NativeValue* first = values)
            {
                status = NativeMethods.stn_call(_op, first, arguments.Length, results, capacity, &count);
            }

            if (status != 0)
                Fail(arguments);
            return count;
        }
        finally
        {
            CallFrame.Release(arguments, values);
        }
    }

    private void Find()
    {
        TorchRuntime.EnsureLoaded();
        Native.Check(NativeMethods.stn_op_find(name, overload, out _op), $"finding {name}.{overload}");
    }

    private void Fail(ReadOnlySpan<Argument> arguments)
    {
        var error = Native.LastError(); // before anything else can overwrite it
        var inner = Native.CallbackFailure;
        Native.CallbackFailure = null;
        var shapes = new List<string>();
        foreach (ref readonly var argument in arguments)
        {
            if (argument.Reference is Tensor tensor)
                shapes.Add(tensor.ToString());
        }

        throw new TorchException($"{name} failed on {string.Join(", ", shapes)}: {error.Trim()}", inner);
    }
}
