using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>What the processor can do at most, measured: thousand million operations a second in single precision.</summary>
/// <param name="Fma">Fused multiply-adds on registers alone, two operations each, in the widest vectors: the peak.</param>
/// <param name="Sgemm">libtorch's product of two 1024×1024 matrices, for comparison.</param>
public sealed record ProcessorPeak(double Fma, double Sgemm)
{
    private const int Chains = 8;
    private const int Rounds = 2_000_000;
    private const int Side = 1024;

    /// <summary>Measures both; the best of many tries.</summary>
    /// <param name="threads">That work at once.</param>
    /// <param name="seconds">How long each is tried, so that one moment's disturbance does not lower it.</param>
    public static ProcessorPeak Measure(int threads, double seconds)
    {
        var lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;
        var before = TorchRuntime.Threads;
        TorchRuntime.Threads = threads;
        try
        {
            using var scope = new TensorScope();
            using var unrecorded = new NoGrad();
            var (left, right) = (Tensor.RandomNormal([Side, Side]), Tensor.RandomNormal([Side, Side]));
            return new ProcessorPeak(
                Best(2.0 * lanes * Chains * Rounds * threads, seconds, () => TorchRuntime.RunParallel(threads, _ => Spin())),
                Best(2.0 * Side * Side * Side, seconds, () => Functional.Linear(left, right, null).Dispose()));
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    private static double Best(double operations, double seconds, Action work)
    {
        work();
        var best = double.MaxValue;
        for (var clock = Stopwatch.StartNew(); best == double.MaxValue || clock.Elapsed.TotalSeconds < seconds;)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return operations / best / 1e9;
    }

    // Eight chains hide the latency of an instruction (4 cycles, 2 a cycle); they are local variables so that they stay in registers.
    private static void Spin() => _ = Vector512.IsHardwareAccelerated ? Spin512() : Spin256();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Spin512()
    {
        var (x, y) = (Vector512.Create(1.0000001f), Vector512.Create(1e-9f));
        var (a, b, c, d, e, f, g, h) = (x, x, x, x, x, x, x, x);
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Spin256()
    {
        var (x, y) = (Vector256.Create(1.0000001f), Vector256.Create(1e-9f));
        var (a, b, c, d, e, f, g, h) = (x, x, x, x, x, x, x, x);
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }
}
