using System.Runtime.InteropServices;
using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>A tensor of libtorch. Freed by <c>Dispose</c>, by the <see cref="TensorScope"/> it was made in, or, last, by the finaliser.</summary>
/// <remarks>
/// Images are NCHW, volumes NCDHW. A tensor may be read by many threads at once; a scope belongs to its thread.
/// </remarks>
public sealed partial class Tensor : SafeHandle
{
    private static long _live;
    private static long _finalised;
    private long _pressure;

    /// <summary>Takes over a handle that the native side handed out.</summary>
    internal Tensor(nint handle)
        : base(0, ownsHandle: true)
    {
        if (handle == 0)
            throw new InvalidOperationException("an operator returned no tensor");

        SetHandle(handle);
        Interlocked.Increment(ref _live);
        if (TensorScope.Current is { } scope)
            scope.Add(this);
        else
            AddPressure();
    }

    /// <summary>How many tensors are alive in this process: what a test compares before and after.</summary>
    public static long LiveCount => Interlocked.Read(ref _live);

    /// <summary>How many tensors the finaliser had to free so far: none in a program that frees what it makes.</summary>
    public static long FinalisedCount => Interlocked.Read(ref _finalised);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The scope that will dispose this tensor; null when it belongs to nobody but its references.</summary>
    internal TensorScope? Scope { get; set; }

    /// <summary>Lets the tensor outlive every scope: it belongs to its holder from now on.</summary>
    internal void LeaveScope()
    {
        Scope = null;
        if (_pressure == 0)
            AddPressure();
    }

    /// <summary>Another handle of the same tensor, to be disposed by itself.</summary>
    internal Tensor Alias()
    {
        var held = Borrow();
        try
        {
            Native.Check(NativeMethods.stn_tensor_retain(held, out var other), "holding a tensor");
            return new Tensor(other);
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <summary>Holds the tensor for a native call; <see cref="SafeHandle.DangerousRelease"/> ends it.</summary>
    internal nint Borrow()
    {
        var held = false;
        DangerousAddRef(ref held);
        return handle;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            Interlocked.Increment(ref _finalised);
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.stn_tensor_free(handle);
        Interlocked.Decrement(ref _live);
        if (_pressure > 0)
            GC.RemoveMemoryPressure(_pressure);
        return true;
    }

    // The collector cannot see native memory. Tensors in a scope are freed by it; for the others this is the net.
    private void AddPressure()
    {
        const long Smallest = 64 * 1024;
        var info = Info();
        var bytes = info.Elements * (Enum.IsDefined((DType)info.DType) ? ((DType)info.DType).SizeInBytes() : sizeof(float));
        if (bytes < Smallest)
            return;

        GC.AddMemoryPressure(bytes);
        _pressure = bytes;
    }
}
