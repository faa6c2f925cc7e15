namespace Stn.Torch.Tests;

/// <summary>What the system says about this process.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident bytes, after a full collection: the collector's own freedom would hide a leak.</summary>
    internal static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var pages = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return pages * Environment.SystemPageSize;
    }
}
