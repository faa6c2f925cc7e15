namespace Stn.Experiments.Runs;

/// <summary>Where the transformers look at some fixed images after a step: a line of snapshots.jsonl.</summary>
/// <param name="Step">Steps made since the start of the run.</param>
/// <param name="Answers">What the network reads in each image: one class, or those of a sequence.</param>
/// <param name="Thetas">For each image, θ of each transformer that is shown.</param>
public sealed record FilmFrame(long Step, IReadOnlyList<IReadOnlyList<int>> Answers, IReadOnlyList<IReadOnlyList<double[]>> Thetas)
{
    /// <summary>Tells the lines apart; those of kind "frame", of earlier versions, know one transformer.</summary>
    public string Kind { get; } = "snapshot";
}
