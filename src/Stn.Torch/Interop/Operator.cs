namespace Stn.Torch.Interop;

/// <summary>An ATen operator by its schema's name and overload; looked up at the first call.</summary>
/// <param name="name">For example <c>aten::conv2d</c>.</param>
/// <param name="overload">For example <c>Tensor</c>; empty where there is none.</param>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackEntries = 64;
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

    /// <summary>Calls the operator for what it does to its arguments; its results are dropped.</summary>
    internal void Do(params ReadOnlySpan<Argument> arguments) => Run(arguments, null, 0);

    private void Run(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
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
            fixed (NativeValue* first = values)
            {
                if (NativeMethods.stn_call(_op, first, arguments.Length, results, capacity, &count) != 0)
                    Native.Fail(Describe(arguments));
            }
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

    // The call as one would write it: aten::mm((2, 3) Float32, (2, 3) Float32).
    private string Describe(ReadOnlySpan<Argument> arguments)
    {
        var texts = new string[arguments.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = arguments[i].ToString();
        return $"{name}{(overload.Length == 0 ? string.Empty : ".")}{overload}({string.Join(", ", texts)})";
    }
}
