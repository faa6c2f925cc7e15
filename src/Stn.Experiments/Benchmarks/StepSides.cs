namespace Stn.Experiments.Benchmarks;

/// <summary>How the sides of <c>stn bench step</c> are started.</summary>
/// <param name="Stn">Our process, which runs <see cref="StepWorker"/>.</param>
/// <param name="Threads">The threads of one operator, the same on all sides.</param>
/// <param name="WithTuned">Whether PyTorch runs with its best settings too.</param>
public sealed record StepSides(WorkerStart Stn, int Threads, bool WithTuned = true)
{
    /// <summary>Names another interpreter than Debian's.</summary>
    public const string InterpreterVariable = "STN_PYTHON";

    private const string Script = "step.py";
    private const string BirdsScript = "birds.py"; // which it imports
    private const string Advice = $"PyTorch is needed: scripts/setup.sh --pytorch installs Debian's; {InterpreterVariable} names another interpreter";

    /// <summary>The allocator of PyTorch with its best settings: the C library's, which keeps pages instead of giving them back after each step.</summary>
    public static IReadOnlyDictionary<string, string?> KeepPages { get; } = new Dictionary<string, string?>
    {
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = $"{int.MaxValue}",
        ["MALLOC_TOP_PAD_"] = $"{64 << 20}",
        ["MALLOC_ARENA_MAX"] = "1",
    };

    // As people run it: nothing of what was set for ours or for the other column.
    private static readonly Dictionary<string, string?> _plain = new(KeepPages.Keys.Append("LD_PRELOAD").Select(name => KeyValuePair.Create(name, (string?)null)));

    internal StepGroup Start(StepNetwork network, StepData data)
    {
        Write(BirdsScript);
        var script = Write(Script);
        var starts = new List<WorkerStart> { Stn, PyTorch(script, _plain) };
        if (WithTuned)
            starts.Add(PyTorch(script, KeepPages, "--tuned"));
        return new StepGroup(starts, network, data);

        string Write(string name) => data.Write(name, typeof(StepSides).Assembly.GetManifestResourceStream(name)!);
    }

    private WorkerStart PyTorch(string script, IReadOnlyDictionary<string, string?> environment, params string[] options)
    {
        var interpreter = Environment.GetEnvironmentVariable(InterpreterVariable) ?? "/usr/bin/python3";
        return new WorkerStart(interpreter, [script, "--threads", $"{Threads}", .. options], environment, Advice);
    }
}
