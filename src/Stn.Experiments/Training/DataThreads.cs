using Stn.Data;
using Stn.Data.Batches;
using Stn.Torch;

namespace Stn.Experiments.Training;

/// <summary>Who makes the batches.</summary>
internal static class DataThreads
{
    /// <summary>
    /// Batches on libtorch's threads, when they are asked for, where a network computes on all processors; on threads of their own, ahead,
    /// where a processor is left for them or where files are read.
    /// </summary>
    /// <param name="set">The samples.</param>
    /// <param name="plan">Their order, with the threads that they would have of their own.</param>
    /// <param name="device">Where the network computes.</param>
    /// <param name="readsFiles">Whether samples are read from files as they are made.</param>
    internal static BatchProducer Start(ISampleSet set, BatchPlan plan, Device device, bool readsFiles = false)
    {
        var isBusy = device == Device.Cpu && TorchRuntime.Threads >= Environment.ProcessorCount;
        return new BatchProducer(set, plan, isBusy && !readsFiles ? Together : null);
    }

    private static void Together(Action work) => TorchRuntime.RunParallel(TorchRuntime.Threads, _ => work());
}
