namespace Stn.Experiments.Benchmarks;

/// <summary>The rows of a run of <c>stn bench data</c> and what they were measured with.</summary>
/// <param name="Rows">In the order in which they were measured.</param>
/// <param name="Images">What was distorted, and how.</param>
/// <param name="Stn">Version and commit.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">How many there are.</param>
/// <param name="Threads">The threads of one operator; the pipeline has one of its own.</param>
/// <param name="Written">When, in UTC.</param>
public sealed record DataReport(
    IReadOnlyList<DataRow> Rows, string Images, string Stn, string Libtorch, string Processor, int Cores, int Threads, DateTime Written);
