namespace Stn.Experiments.Runs;

/// <summary>A part of a run, made by one build on one machine.</summary>
/// <param name="Step">The step that it went on from; 0 at the start.</param>
/// <param name="Stn">The version of Stn with the commit it was built from.</param>
/// <param name="Libtorch">The version of libtorch.</param>
/// <param name="Dotnet">The version of .NET.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Its cores, as seen there.</param>
/// <param name="Threads">The threads of one operator.</param>
/// <param name="Device">Where the network ran.</param>
/// <param name="Started">When, in UTC.</param>
public sealed record RunPart(
    long Step, string Stn, string Libtorch, string Dotnet, string Processor, int Cores, int Threads, string Device, DateTime Started)
{
    /// <summary>Whether the code differed from that commit; null where nobody could tell.</summary>
    public bool? Changed { get; init; }

    /// <summary>The name of the CUDA device; null where the network ran on the processor.</summary>
    public string? Gpu { get; init; }

    /// <summary>Whether both are of one build on one machine, set alike.</summary>
    internal bool IsAlike(RunPart other) => this with { Step = other.Step, Started = other.Started } == other;

    /// <summary>In what the machine of now differs from this one, so far as it may change the bits of a result; in words.</summary>
    internal IReadOnlyList<string> Differences(RunPart now)
    {
        (string Name, object Then, object Now)[] all =
            [("threads", Threads, now.Threads), ("libtorch", Libtorch, now.Libtorch), ("processor", Processor, now.Processor), ("GPU", Gpu ?? "none", now.Gpu ?? "none")];
        return [.. all.Where(one => !one.Then.Equals(one.Now)).Select(one => $"{one.Name} was {one.Then} and is {one.Now}")];
    }
}
