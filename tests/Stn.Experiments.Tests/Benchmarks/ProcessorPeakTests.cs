using Stn.Experiments.Benchmarks;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Benchmarks;

public sealed class ProcessorPeakTests : TensorTest
{
    [Fact]
    public void Both_are_measured_and_the_threads_are_as_before()
    {
        var threads = TorchRuntime.Threads;
        var peak = ProcessorPeak.Measure(1, seconds: 0.01);
        Assert.True(double.IsFinite(peak.Fma) && peak.Fma > 0);
        Assert.True(double.IsFinite(peak.Sgemm) && peak.Sgemm > 0);
        Assert.Equal(threads, TorchRuntime.Threads);
    }
}
