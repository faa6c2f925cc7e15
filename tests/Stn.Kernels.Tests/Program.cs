using System.Runtime.Intrinsics.X86;
using Stn.Kernels;
using Stn.Kernels.Tests.Support;

// Runs this assembly's tests in scalar form, or in that of AVX2 if only AVX-512 is switched off, where `dotnet test` cannot: as a child process with instruction sets switched off
// (ScalarPathTests), or on the processor of another machine (scripts/try-on-arm64.sh). Arguments are
// the names of test classes.
var narrow = Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0";
return (narrow ? Avx512F.IsSupported : KernelVectors.InUse) ? 2 : TestRun.Run(args);
