using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class TorchRuntimeTests : TensorTest
{
    [Fact]
    public void Parallel_regions_run_on_every_processor_from_any_thread()
    {
        // Without OpenMP in native/ at::parallel_for is serial, and nothing but the time says so.
        var wanted = Environment.ProcessorCount;
        Assert.Equal(wanted, TorchRuntime.Threads);
        Assert.Equal(wanted, TorchRuntime.ParallelWorkers);
        Assert.Equal((wanted, wanted), OnNewThread(() => (TorchRuntime.Threads, TorchRuntime.ParallelWorkers)));
    }

    [Fact]
    public void The_number_of_threads_holds_for_this_thread_and_for_later_ones()
    {
        try
        {
            TorchRuntime.Threads = 1;
            Assert.Equal((1, 1), (TorchRuntime.Threads, TorchRuntime.ParallelWorkers));
            Assert.Equal((1, 1), OnNewThread(() => (TorchRuntime.Threads, TorchRuntime.ParallelWorkers)));
            Assert.Throws<TorchException>(() => TorchRuntime.Threads = 0);
            Assert.Equal(1, TorchRuntime.Threads);
        }
        finally
        {
            TorchRuntime.Threads = Environment.ProcessorCount;
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        TorchRuntime.Seed(7);
        var (normal, uniform) = (Tensor.RandomNormal([100]).ToArray<float>(), Tensor.RandomUniform([100]).ToArray<float>());
        TorchRuntime.Seed(7);
        Assert.Equal(normal, Tensor.RandomNormal([100]).ToArray<float>());
        Assert.Equal(uniform, Tensor.RandomUniform([100]).ToArray<float>());
        TorchRuntime.Seed(8);
        Assert.NotEqual(normal, Tensor.RandomNormal([100]).ToArray<float>());
        TorchRuntime.Seed(ulong.MaxValue);
    }

    [Fact]
    public void The_report_names_the_build_and_the_threads()
    {
        Assert.Matches(@"^\d+\.\d+", TorchRuntime.Version);
        var report = TorchRuntime.Describe();
        Assert.Contains("OpenMP", report);
        Assert.Contains($"at::get_num_threads() : {Environment.ProcessorCount}", report);
    }

    [Fact]
    public void Waiting_for_devices_that_are_not_there_does_nothing() => TorchRuntime.Synchronize();

    private static T OnNewThread<T>(Func<T> question)
    {
        T answer = default!;
        NewThreads.Run(() => answer = question());
        return answer;
    }
}
