namespace Stn.Experiments.Runs;

/// <summary>Where a transformer looks at some fixed images after a step: a line of snapshots.jsonl.</summary>
/// <param name="Step">Steps made since the start of the run.</param>
/// <param name="Classes">What the network reads in each image.</param>
/// <param name="Thetas">θ of each image.</param>
public sealed record FilmFrame(long Step, IReadOnlyList<int> Classes, IReadOnlyList<IReadOnlyList<double>> Thetas)
{
    /// <summary>Tells the lines apart.</summary>
    public string Kind { get; } = "frame";
}
