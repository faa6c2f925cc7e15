namespace Stn.Torch.Layers;

/// <summary>Loops on libtorch's threads.</summary>
internal static class Parallel
{
    /// <summary>Calls <paramref name="body"/> once for each task below <paramref name="count"/>, in any order, on as many threads as operators use.</summary>
    internal static void For(int count, Action<int> body)
    {
        var next = -1;
        var workers = Math.Min(TorchRuntime.Threads, count);
        if (workers > 1)
            TorchRuntime.RunParallel(workers, Work);
        else
            Work();

        void Work()
        {
            for (int task; (task = Interlocked.Increment(ref next)) < count;)
                body(task);
        }
    }
}
