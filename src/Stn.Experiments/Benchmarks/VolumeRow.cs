namespace Stn.Experiments.Benchmarks;

/// <summary>A training step of <c>3d/st-cnn</c>, ours and with libtorch's sampler in the same network.</summary>
/// <param name="Batch">The volumes of a step, 60×60×60 each.</param>
/// <param name="Threads">The threads of one operator.</param>
/// <param name="StnMs">Our step: forward, cross-entropy, backward, Adam.</param>
/// <param name="LibtorchMs">The same with libtorch's grid generator and sampler.</param>
/// <param name="StnWarpMs">Our warp alone with the gradient of θ.</param>
/// <param name="LibtorchWarpMs">libtorch's.</param>
public sealed record VolumeRow(int Batch, int Threads, double StnMs, double LibtorchMs, double StnWarpMs, double LibtorchWarpMs)
{
    /// <summary>How many times as fast our step is.</summary>
    public double Ratio => LibtorchMs / StnMs;

    /// <summary>How many times as fast our warp is.</summary>
    public double WarpRatio => LibtorchWarpMs / StnWarpMs;

    /// <summary>What of our step is not the warp: both networks, the loss and the optimiser.</summary>
    public double StnRestMs => StnMs - StnWarpMs;

    /// <summary>The same of the other.</summary>
    public double LibtorchRestMs => LibtorchMs - LibtorchWarpMs;
}

/// <summary>The rows of a run of <c>stn bench volume</c> and what they were measured with.</summary>
/// <param name="Rows">One for each batch and number of threads.</param>
/// <param name="Stn">Version and commit.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">How many there are.</param>
/// <param name="Seed">Of weights and volumes.</param>
/// <param name="Written">When, in UTC.</param>
public sealed record VolumeReport(
    IReadOnlyList<VolumeRow> Rows, string Stn, string Libtorch, string Processor, int Cores, ulong Seed, DateTime Written);
