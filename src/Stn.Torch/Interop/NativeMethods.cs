using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>The declarations of native/include/stn_torch.h, one for one.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "stn_torch";

    static NativeMethods() => NativeLoader.Register();

    [LibraryImport(Library)]
    internal static partial int stn_abi_version();

    [LibraryImport(Library)]
    internal static partial byte* stn_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void stn_set_error(string text);

    [LibraryImport(Library)]
    internal static partial byte* stn_libtorch_version();

    [LibraryImport(Library)]
    internal static partial byte* stn_blas_core();

    [LibraryImport(Library)]
    internal static partial int stn_init(int threads);

    [LibraryImport(Library)]
    internal static partial int stn_threads_set(int threads);

    [LibraryImport(Library)]
    internal static partial int stn_threads_get();

    [LibraryImport(Library)]
    internal static partial int stn_parallel_workers(out int workers);

    [LibraryImport(Library)]
    internal static partial int stn_parallel_run(int workers, delegate* unmanaged<int, nint, void> work, nint user);

    [LibraryImport(Library)]
    internal static partial int stn_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int stn_describe(byte* buffer, int capacity);

    [LibraryImport(Library)]
    internal static partial int stn_cuda_devices();

    [LibraryImport(Library)]
    internal static partial int stn_cuda_synchronize();

    [LibraryImport(Library)]
    internal static partial int stn_cuda_own_stream(int device);

    [LibraryImport(Library)]
    internal static partial int stn_graph_begin(out nint graph);

    [LibraryImport(Library)]
    internal static partial int stn_graph_end(nint graph);

    [LibraryImport(Library)]
    internal static partial int stn_graph_replay(nint graph);

    [LibraryImport(Library)]
    internal static partial void stn_graph_free(nint graph);

    [LibraryImport(Library)]
    internal static partial int stn_memory_get(out MemoryUse use, int resetPeak);

    [LibraryImport(Library)]
    internal static partial int stn_memory_limit(long bytes);

    [LibraryImport(Library)]
    internal static partial int stn_memory_trim();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int stn_op_find(string name, string overload, out nint op);

    [LibraryImport(Library)]
    internal static partial int stn_op_schema(nint op, byte* buffer, int capacity);

    [LibraryImport(Library)]
    internal static partial int stn_call(
        nint op, NativeValue* arguments, int count, NativeValue* results, int capacity, int* resultCount);

    [LibraryImport(Library)]
    internal static partial void stn_list_free(nint list);

    [LibraryImport(Library)]
    internal static partial int stn_tensor_new(int dtype, long* sizes, int dimensions, void* data, long bytes, out nint tensor);

    [LibraryImport(Library)]
    internal static partial int stn_tensor_wrap(
        int dtype, long* sizes, int dimensions, void* data, delegate* unmanaged<nint, void> release, nint user, out nint tensor);

    [LibraryImport(Library)]
    internal static partial int stn_tensor_info(Tensor tensor, out NativeInfo info);

    [LibraryImport(Library)]
    internal static partial int stn_tensor_read(Tensor tensor, void* data, long bytes);

    [LibraryImport(Library)]
    internal static partial int stn_tensor_retain(nint tensor, out nint result);

    [LibraryImport(Library)]
    internal static partial void stn_tensor_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial int stn_tensors_changed(nint* tensors, int count);

    [LibraryImport(Library)]
    internal static partial int stn_tensor_version(Tensor tensor, out long version);

    [LibraryImport(Library)]
    internal static partial int stn_grad_mode_get();

    [LibraryImport(Library)]
    internal static partial void stn_grad_mode_set(int enabled);

    [LibraryImport(Library)]
    internal static partial int stn_grad_get(Tensor tensor, out nint gradient);

    [LibraryImport(Library)]
    internal static partial int stn_grad_set(Tensor tensor, nint gradient);

    [LibraryImport(Library)]
    internal static partial int stn_backward(nint* outputs, nint* gradients, int count, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    internal static partial int stn_grad(
        nint* outputs, nint* gradients, int outputCount, nint* inputs, int inputCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int stn_custom(NativeFunction* function, nint* inputs, int inputCount, nint* outputs, int outputCount);

    [LibraryImport(Library)]
    internal static partial int stn_context_save(nint context, nint* tensors, int count);

    [LibraryImport(Library)]
    internal static partial int stn_context_saved(nint context, nint* tensors, int count);

    [LibraryImport(Library)]
    internal static partial int stn_context_needs_grad(nint context, int input, out int needed);
}
