namespace Stn.Kernels;

/// <summary>Whether float kernels run on vectors here, or in their scalar form, which gives the same values more slowly.</summary>
/// <remarks>
/// A program compiled ahead of time (NativeAOT) has them only if it was compiled for a processor that has them:
/// <c>&lt;IlcInstructionSet&gt;x86-64-v3&lt;/IlcInstructionSet&gt;</c>. The default target knows no AVX2, whatever the
/// processor it then runs on.
/// </remarks>
public static class KernelVectors
{
    /// <summary>True where the processor, and the compiler's target, have AVX2 and FMA.</summary>
    public static bool InUse => Simd.IsFast;
}
