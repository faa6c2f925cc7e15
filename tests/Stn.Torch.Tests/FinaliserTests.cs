namespace Stn.Torch.Tests;

/// <summary>The net below: tensors that nobody frees. Not a <see cref="Stn.Testing.TensorTest"/>, since these break its rule.</summary>
public sealed class FinaliserTests
{
    private const long Megabytes = 1 << 20;

    [Fact]
    public void Forgotten_tensors_are_freed_before_they_fill_the_memory()
    {
        // 4 GB in all, and no managed memory to speak of: only the pressure makes the collector run.
        var before = Tensor.FinalisedCount;
        var most = LargestUse(() => Tensor.Empty(DType.Float32, 2 * Megabytes));
        Assert.InRange(most, 0, 2000 * Megabytes);
        Assert.True(Tensor.FinalisedCount > before);
    }

    [Fact]
    public void Tensors_kept_out_of_every_scope_and_forgotten_are_freed_as_well()
    {
        var most = LargestUse(() =>
        {
            using var scope = new TensorScope();
            scope.Keep(Tensor.Empty(DType.Float32, 2 * Megabytes));
        });
        Assert.InRange(most, 0, 2000 * Megabytes);
    }

    [Fact]
    public void The_finaliser_frees_every_forgotten_tensor()
    {
        Collect();
        var before = (Tensor.LiveCount, TorchRuntime.Memory.InUse);
        Forget(1000);
        Collect();
        Assert.Equal(before, (Tensor.LiveCount, TorchRuntime.Memory.InUse));
    }

    private static long LargestUse(Action action)
    {
        Collect();
        TorchRuntime.ResetMemoryPeak();
        var start = TorchRuntime.Memory.InUse;
        for (var i = 0; i < 500; i++)
            action();
        var most = TorchRuntime.Memory.Peak - start;
        Collect();
        return most;
    }

    private static void Forget(int count)
    {
        for (var i = 0; i < count; i++)
            Tensor.Ones([10, 10]);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
