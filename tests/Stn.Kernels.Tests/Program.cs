using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Tests.Support;

// The child process of ScalarPathTests: runs a share of the oracle's cases where AVX2 is switched off.
if (Avx2.IsSupported)
    return 2;

foreach (var kind in Enum.GetValues<Kind>())
{
    var draws = new Draws(100 + (int)kind);
    for (var i = 0; i < 30; i++)
        Close.Case(draws.Case<float>(draws.Setting(kind, most: 16)), 2e-5);
}

return 0;
