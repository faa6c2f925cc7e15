using Stn.Testing;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests;

public sealed class MemoryTests : TensorTest
{
    [Fact]
    public void Five_thousand_training_steps_leave_memory_as_it_was()
    {
        TorchRuntime.Threads = 1; // so small a network waits for its threads, the more so beside other work
        using var network = TinyNetwork.Create();
        using var optimiser = new Adam([ParameterGroup.Of(network)]);
        var (images, labels) = (Tensor.RandomNormal([2, 1, 10, 10]), Tensor.From([1L, 4], 2));
        for (var i = 0; i < 500; i++)
            Train(network, optimiser, images, labels);
        var (live, native, resident) = (Tensor.LiveCount, TorchRuntime.Memory.InUse, ResidentAfterCollection());
        for (var i = 0; i < 4500; i++)
            Train(network, optimiser, images, labels);
        Assert.Equal(live, Tensor.LiveCount);
        Assert.Equal(native, TorchRuntime.Memory.InUse);
        Assert.InRange(ResidentAfterCollection() - resident, long.MinValue, 24 << 20);
    }

    [Fact]
    public void Evaluating_in_a_scope_leaves_nothing()
    {
        using var network = TinyNetwork.Create();
        var image = Tensor.RandomNormal([2, 1, 10, 10]);
        void Evaluate()
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            network.Forward(image);
        }

        Evaluate(); // the network keeps its weights in the order that oneDNN reads
        var (live, native) = (Tensor.LiveCount, TorchRuntime.Memory.InUse);
        Evaluate();
        Assert.Equal((live, native), (Tensor.LiveCount, TorchRuntime.Memory.InUse));
    }

    protected override void Dispose(bool disposing)
    {
        TorchRuntime.Threads = Environment.ProcessorCount;
        base.Dispose(disposing);
    }

    // Young objects may take as much as the processor's cache before the collector looks at them; they
    // are not what this test asks about, so it has them collected and their pages given back.
    private static long ResidentAfterCollection()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return ProcessMemory.Resident();
    }

    private static void Train(Module network, Optimiser optimiser, Tensor images, Tensor labels)
    {
        using var scope = new TensorScope();
        optimiser.ZeroGrad();
        Functional.CrossEntropy(network.Forward(images, Pass.Training), labels).Backward();
        Gradients.ClipNorm(network.Parameters().Select(p => p.Parameter), 1);
        optimiser.Step(1e-3);
    }
}
