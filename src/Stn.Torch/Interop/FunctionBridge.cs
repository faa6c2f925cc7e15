using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>Between libtorch's autograd and <see cref="CustomFunction"/>: no exception crosses native frames.</summary>
internal static unsafe class FunctionBridge
{
    internal static Tensor[] Apply(CustomFunction function, Tensor[] inputs, int outputCount)
    {
        TorchRuntime.EnsureLoaded();
        var handles = new nint[inputs.Length];
        var outputs = new nint[outputCount];
        TensorList.Borrow(inputs, handles);
        try
        {
            var native = new NativeFunction
            {
                User = GCHandle.ToIntPtr(GCHandle.Alloc(function)), // freed by Release, whatever happens from here on
                Forward = &Forward,
                Backward = &Backward,
                Release = &Release,
            };
            fixed (nint* input = handles)
            fixed (nint* output = outputs)
            {
                if (NativeMethods.stn_custom(&native, input, handles.Length, output, outputCount) != 0)
                    Native.Fail($"{function.GetType().Name}({TensorList.Describe(inputs)})");
            }
        }
        finally
        {
            TensorList.Release(inputs, inputs.Length);
        }

        return TensorList.Adopt(outputs)!;
    }

    [UnmanagedCallersOnly]
    private static int Forward(nint user, nint context, nint* inputs, int inputCount, nint* outputs, int outputCount) =>
        Guarded(user, context, inputs, inputCount, outputs, outputCount, (function, state, tensors) =>
        {
            var made = function.Forward(state, tensors);
            return Array.Exists(made, tensor => tensor is null)
                ? throw new InvalidOperationException($"{function.GetType().Name}.Forward returned null for a tensor")
                : made;
        });

    [UnmanagedCallersOnly]
    private static int Backward(nint user, nint context, nint* gradients, int outputCount, nint* results, int inputCount) =>
        Guarded(user, context, gradients, outputCount, results, inputCount, (function, state, tensors) => function.Backward(state, tensors));

    [UnmanagedCallersOnly]
    private static void Release(nint user)
    {
        var handle = GCHandle.FromIntPtr(user);
        (handle.Target as IDisposable)?.Dispose();
        handle.Free();
    }

    private static int Guarded(
        nint user, nint context, nint* given, int givenCount, nint* results, int resultCount,
        Func<CustomFunction, FunctionContext, Tensor[], Tensor?[]> body)
    {
        try
        {
            using var scope = new TensorScope();
            using var state = new FunctionContext(context);
            var function = (CustomFunction)GCHandle.FromIntPtr(user).Target!;
            var made = body(function, state, Retain(given, givenCount));
            if (made.Length != resultCount)
                throw new InvalidOperationException($"{function.GetType().Name} returned {made.Length} tensors, {resultCount} are needed");
            for (var i = 0; i < resultCount; i++)
                results[i] = made[i] is { } tensor ? HandOver(tensor) : 0;
            return 0;
        }
#pragma warning disable CA1031 // every exception must stop here: native frames are below
        catch (Exception error)
#pragma warning restore CA1031
        {
            Native.CallbackFailure = error;
            NativeMethods.stn_set_error($"{error.GetType().Name}: {error.Message}");
            return 1;
        }
    }

    // References of our own, so that the scope may free them like everything else.
    private static Tensor[] Retain(nint* handles, int count)
    {
        var tensors = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            Native.Check(NativeMethods.stn_tensor_retain(handles[i], out var handle), "holding a tensor");
            tensors[i] = new Tensor(handle);
        }

        return tensors;
    }

    private static nint HandOver(Tensor tensor)
    {
        var borrowed = tensor.Borrow();
        try
        {
            Native.Check(NativeMethods.stn_tensor_retain(borrowed, out var handle), "handing a tensor over");
            return handle;
        }
        finally
        {
            tensor.DangerousRelease();
        }
    }
}
