using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>C# on libtorch's own threads.</summary>
public sealed class ThreadTeamTests
{
    [Fact]
    public void Work_runs_on_as_many_threads_as_libtorch_has()
    {
        NewThreads.Run(() =>
        {
            TorchRuntime.Threads = 2;
            using var both = new Barrier(2);
            var together = 0;
            TorchRuntime.RunParallel(2, _ =>
            {
                if (both.SignalAndWait(TimeSpan.FromSeconds(30)))
                    Interlocked.Increment(ref together);
            });
            Assert.Equal(2, together);
        });
    }

    [Fact]
    public void An_exception_comes_out_after_all_have_returned()
    {
        NewThreads.Run(() =>
        {
            TorchRuntime.Threads = 2;
            var (entered, returned) = (0, 0);
            var error = Assert.Throws<InvalidDataException>(() => TorchRuntime.RunParallel(2, _ =>
            {
                if (Interlocked.Increment(ref entered) == 1)
                    throw new InvalidDataException("of one");
                Interlocked.Increment(ref returned);
            }));
            Assert.Equal("of one", error.Message);
            Assert.Equal((2, 1), (entered, returned));
        });
    }

    [Fact]
    public void Inside_a_call_there_is_one_thread()
    {
        NewThreads.Run(() =>
        {
            TorchRuntime.Threads = 2;
            var inner = 0;
            TorchRuntime.RunParallel(2, _ => TorchRuntime.RunParallel(2, _ => Interlocked.Increment(ref inner)));
            Assert.Equal(2, inner);
        });
    }
}
