using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>What an <see cref="NativeValue"/> holds: the tags of stn_torch.h.</summary>
internal enum ValueTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Real = 3,
    Bool = 4,
    Ints = 5,
    Reals = 6,
    Tensors = 7,
    Text = 8,
    Device = 9,
}

/// <summary>stn_value: one argument or result of a boxed call.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)] public ValueTag Tag;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Real;
    [FieldOffset(8)] public nint Pointer;
}

/// <summary>stn_info: what a tensor is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeInfo
{
    public int DType;
    public int Dimensions;
    public int RequiresGrad;
    public int Contiguous;
    public int CudaDevice;
    public int Reserved;
    public long Elements;
    public long* Sizes;
    public long* Strides;
    public void* Data;
}

/// <summary>stn_function: the callbacks of a custom function.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFunction
{
    public nint User;
    public delegate* unmanaged<nint, nint, nint*, int, nint*, int, int> Forward;
    public delegate* unmanaged<nint, nint, nint*, int, nint*, int, int> Backward;
    public delegate* unmanaged<nint, void> Release;
}
