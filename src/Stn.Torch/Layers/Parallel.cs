using Stn.Kernels.Threading;

namespace Stn.Torch.Layers;

/// <summary>Loops on libtorch's threads.</summary>
internal static class Parallel
{
    /// <summary>Calls <paramref name="body"/> once for each task below <paramref name="count"/>, in any order, on as many threads as operators use.</summary>
    internal static void For(int count, Action<int> body)
    {
        var workers = Math.Min(TorchRuntime.Threads, count);
        var shares = new Shares(count, chunk: 1, Math.Max(1, workers));
        if (workers > 1)
            TorchRuntime.RunParallel(workers, Work);
        else
            Work(0);

        void Work(int worker)
        {
            while (shares.TryClaim(worker, out var task, out _))
                body(task);
        }
    }
}
