using System.Runtime.InteropServices;

namespace Stn.Kernels.Tests.Support;

/// <summary>A test that compiles the sample ahead of time and runs it: skipped where it cannot be linked, or would not start.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithCompilerAttribute : FactAttribute
{
    public FactWithCompilerAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "gcc"))))
            Skip = "NativeAOT links with gcc here, and there is none (Debian: apt-get install gcc libc6-dev).";
        else if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || !KernelVectors.InUse)
            Skip = "The sample is published for Linux on x86-64-v3, and this is another machine.";
    }
}
