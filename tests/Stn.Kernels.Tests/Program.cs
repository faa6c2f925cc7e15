using Stn.Kernels;
using Stn.Kernels.Tests.Support;

// Runs this assembly's tests in scalar form where `dotnet test` cannot: as a child process with instruction sets switched off
// (ScalarPathTests), or on the processor of another machine (scripts/try-on-arm64.sh). Arguments are
// the names of test classes.
return KernelVectors.InUse ? 2 : TestRun.Run(args);
