namespace Stn.Data.Tests.Batches;

/// <summary>Threads that take on an action together.</summary>
internal static class Teams
{
    internal static Action<Action> Of(int threads) => work => Parallel.Invoke([.. Enumerable.Repeat(work, threads)]);
}
