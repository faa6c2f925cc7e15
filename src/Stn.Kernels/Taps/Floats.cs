using System.Runtime.CompilerServices;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The bridge from generic code to the float-only vector forms, for use where T is known to be float.</summary>
internal static unsafe class Floats
{
    public static ref readonly Work<float> Of<T>(in Work<T> work)
        where T : unmanaged => ref Unsafe.As<Work<T>, Work<float>>(ref Unsafe.AsRef(in work));

    public static ref readonly Staged<float> Of<T>(in Staged<T> staged)
        where T : unmanaged => ref Unsafe.As<Staged<T>, Staged<float>>(ref Unsafe.AsRef(in staged));
}
