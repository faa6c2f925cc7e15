using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>The caching allocator of native/, seen from here.</summary>
public sealed class AllocatorTests : TensorTest
{
    private const long Megabyte = 1 << 20;
    private readonly long _limit = TorchRuntime.Memory.Limit;

    [Fact]
    public void Memory_of_a_freed_tensor_serves_the_next_of_its_size()
    {
        TorchRuntime.TrimMemory();
        Tensor.Empty(DType.UInt8, 5 * Megabyte).Dispose();
        var cached = TorchRuntime.Memory.Cached;
        Assert.InRange(cached, 5 * Megabyte, 6 * Megabyte);
        var again = Tensor.Empty(DType.UInt8, 5 * Megabyte);
        Assert.Equal(0, TorchRuntime.Memory.Cached);
        again.Dispose();
        Assert.Equal(cached, TorchRuntime.Memory.Cached);
    }

    [Fact]
    public unsafe void Every_size_is_aligned_writable_and_wastes_little()
    {
        foreach (var bytes in Sizes())
        {
            TorchRuntime.TrimMemory();
            var before = TorchRuntime.Memory.InUse;
            using var tensor = Tensor.Empty(DType.UInt8, bytes);
            var used = TorchRuntime.Memory.InUse - before;
            Assert.InRange(used, bytes, (long)(bytes * 1.125) + 1);
            var elements = tensor.DangerousGetSpan<byte>();
            elements.Fill(0xA5);
            fixed (byte* first = elements)
                Assert.Equal(0, (nint)first % 64);
        }
    }

    [Fact]
    public void The_peak_is_the_largest_use_since_the_last_reset()
    {
        TorchRuntime.ResetMemoryPeak();
        var start = TorchRuntime.Memory;
        Assert.Equal(start.InUse, start.Peak);
        var first = Tensor.Empty(DType.UInt8, 3 * Megabyte);
        var second = Tensor.Empty(DType.UInt8, 3 * Megabyte);
        second.Dispose();
        first.Dispose();
        var end = TorchRuntime.Memory;
        Assert.Equal(start.InUse, end.InUse);
        Assert.InRange(end.Peak - start.InUse, 6 * Megabyte, 7 * Megabyte);
    }

    [Fact]
    public void What_cannot_be_had_is_not_in_use_and_no_peak()
    {
        TorchRuntime.ResetMemoryPeak();
        var before = TorchRuntime.Memory;
        Assert.Throws<TorchException>(() => Tensor.Empty(DType.UInt8, 1L << 45));
        Assert.Throws<TorchException>(() => Tensor.Empty(DType.UInt8, long.MaxValue));
        Assert.Equal((before.InUse, before.Peak), (TorchRuntime.Memory.InUse, TorchRuntime.Memory.Peak));
    }

    [Fact]
    public void The_limit_bounds_what_is_kept()
    {
        TorchRuntime.LimitCachedMemory(8 * Megabyte);
        Assert.Equal(8 * Megabyte, TorchRuntime.Memory.Limit);
        var many = Enumerable.Range(0, 10).Select(_ => Tensor.Empty(DType.UInt8, 2 * Megabyte)).ToList();
        many.ForEach(tensor => tensor.Dispose());
        Assert.InRange(TorchRuntime.Memory.Cached, 1, 8 * Megabyte);
        TorchRuntime.LimitCachedMemory(3 * Megabyte);
        Assert.InRange(TorchRuntime.Memory.Cached, 0, 3 * Megabyte);
        TorchRuntime.LimitCachedMemory(0);
        Assert.Equal(0, TorchRuntime.Memory.Cached);
        Assert.Throws<TorchException>(() => TorchRuntime.LimitCachedMemory(-1));
    }

    [Fact]
    public void Trimming_gives_the_pages_back_to_the_system()
    {
        TorchRuntime.TrimMemory();
        var blocks = Enumerable.Range(1, 60).Select(i => Tensor.Zeros([i * Megabyte / 8], DType.UInt8)).ToList();
        blocks.ForEach(tensor => tensor.Fill(1));
        blocks.ForEach(tensor => tensor.Dispose());
        var before = ProcessMemory.Resident();
        var cached = TorchRuntime.Memory.Cached;
        TorchRuntime.TrimMemory();
        Assert.Equal(0, TorchRuntime.Memory.Cached);
        Assert.InRange(before - ProcessMemory.Resident(), cached * 8 / 10, long.MaxValue);
    }

    [Fact]
    public void Threads_take_and_give_blocks_of_each_other()
    {
        var before = TorchRuntime.Memory.InUse;
        NewThreads.Run(6, seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 400; i++)
            {
                using var tensor = Tensor.Empty(DType.Int32, random.Next(1, 60_000));
                tensor.Fill(seed);
                Assert.False(tensor.DangerousGetSpan<int>().ContainsAnyExcept(seed));
            }
        });
        Assert.Equal(before, TorchRuntime.Memory.InUse);
    }

    protected override void Dispose(bool disposing)
    {
        TorchRuntime.LimitCachedMemory(_limit);
        base.Dispose(disposing);
    }

    private static IEnumerable<long> Sizes()
    {
        for (var size = 1L; size <= 32 * Megabyte; size = (size * 3 / 2) + 1)
            yield return size;
        foreach (var edge in new[] { 16 * 1024, 2 * Megabyte - 64, 2 * Megabyte, 18 * 1024 })
        {
            yield return edge - 1;
            yield return edge;
            yield return edge + 1;
        }
    }
}
