using Stn.Torch;

namespace Stn.Checks.Benchmarks;

/// <summary>One row: a work at a size on a number of threads, in milliseconds a call.</summary>
/// <param name="Work">The name of the work.</param>
/// <param name="Size">The shape of U and V.</param>
/// <param name="Threads">Of both sides.</param>
/// <param name="StnMs">Ours, with the allocation of its results and autograd.</param>
/// <param name="LibtorchMs">libtorch's, with the same.</param>
/// <param name="Ratio">How many times as fast ours is.</param>
/// <param name="MemcpyMs">A copy of U into memory that is there: the floor.</param>
/// <param name="NsPerElement">Ours, in nanoseconds per value of V.</param>
/// <param name="TimesMemcpy">Ours as a multiple of the floor.</param>
public sealed record SamplerRow(
    string Work, string Size, int Threads, double StnMs, double LibtorchMs, double Ratio, double MemcpyMs, double NsPerElement,
    double TimesMemcpy);

/// <summary>
/// <c>stn bench sampler</c>: Stn and libtorch on the same tensors in one process, in turn. Both allocate what they return and
/// record it for autograd; a backward pass gives the gradients of the same inputs from the same gradient of V.
/// </summary>
public static class SamplerBench
{
    /// <summary>The seed of all tensors.</summary>
    public const ulong Seed = 1;

    /// <summary>Measures one row.</summary>
    /// <param name="work">What is computed.</param>
    /// <param name="size">The shape of U and V.</param>
    /// <param name="threads">Of both sides.</param>
    /// <param name="seconds">About how long it may take.</param>
    public static SamplerRow Measure(SamplerWork work, BenchSize size, int threads, double seconds)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(size);
        var before = TorchRuntime.Threads;
        TorchRuntime.Threads = threads;
        try
        {
            return Measure(work, size, seconds);
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    private static SamplerRow Measure(SamplerWork work, BenchSize size, double seconds)
    {
        TorchRuntime.Seed(Seed);
        using var scope = new TensorScope();
        var image = Tensor.RandomNormal([.. size.Shape]);
        var copy = Tensor.ZerosLike(image);
        var (pair, second) = work.Prepare(size);
        var gradient = Tensor.RandomNormal([.. size.Shape]);
        Tensor[] learned = work.Gradients == Gradients.Theta ? [second] : [image, second];
        foreach (var tensor in learned)
            tensor.RequireGrad();

        var times = InTurn.Medians(seconds, Run(pair.Libtorch!), Run(pair.Ours), Copy);
        return new SamplerRow(
            work.Name, size.ToString(), TorchRuntime.Threads, 1e3 * times[1], 1e3 * times[0], times[0] / times[1], 1e3 * times[2],
            1e9 * times[1] / size.Elements, times[1] / times[2]);

        void Copy()
        {
            using var unrecorded = new NoGrad();
            copy.CopyFrom(image);
        }

        Action Run(Func<Tensor, Tensor, Tensor> warp) => () =>
        {
            using var step = new TensorScope();
            var output = warp(image, second);
            if (work.Gradients != Gradients.None)
                Autograd.Gradients([output], learned, [gradient]);
        };
    }
}
