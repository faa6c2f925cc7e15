using System.Globalization;

namespace Stn.Experiments.Runs;

/// <summary>What the system says about this process; Linux.</summary>
public static class ProcessStatus
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The libraries for linear algebra that this process has mapped: the truth about which one answers.</summary>
    public static IReadOnlyList<string> MappedBlas()
    {
        if (!File.Exists(Maps))
            return ["unknown on this system"];
        return [.. File.ReadLines(Maps)
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(path => Path.GetFileName(path) is var name && (name.Contains("blas", StringComparison.Ordinal) || name.Contains("mkl_", StringComparison.Ordinal)))
            .Distinct()];
    }

    /// <summary>The bytes by which some work raises the resident memory of this process at its height.</summary>
    /// <exception cref="IOException">The system does not let the height be reset.</exception>
    public static long Growth(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        const string ResetHeight = "5";
        File.WriteAllText("/proc/self/clear_refs", ResetHeight);
        var before = Resident("VmRSS");
        work();
        return Resident("VmHWM") - before;
    }

    private static long Resident(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
