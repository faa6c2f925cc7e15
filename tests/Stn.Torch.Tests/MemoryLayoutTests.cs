using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>Channels innermost and outermost: the copy of ours against libtorch's, element by element and bit by bit.</summary>
public sealed class MemoryLayoutTests : TensorTest
{
    public static TheoryData<long, long, long, long> Images => new()
    {
        { 64, 64, 8, 8 }, { 3, 17, 41, 13 }, { 1, 48, 32, 32 }, { 2, 5, 63, 67 }, { 1, 4, 101, 103 }, { 9, 2000, 1, 5 }, { 1, 4099, 4, 1 },
        { 2, 3, 64, 64 }, { 1, 7, 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Both_directions_copy_every_bit(long images, long channels, long height, long width)
    {
        var planes = Numbered(images, channels, height, width);
        var last = planes.ChannelsLast();
        Assert.Equal(planes.Shape, last.Shape);
        Assert.Equal(Bits(planes.Permute(0, 2, 3, 1).Clone().Reshape(-1)), Bits(last.Permute(0, 2, 3, 1)));
        Assert.Equal(Bits(planes), Bits(last.Contiguous()));
        Assert.True(last.Contiguous().IsContiguous);
    }

    [Fact]
    public void Channels_are_said_to_be_innermost_where_they_are()
    {
        var planes = Numbered(2, 3, 5, 7);
        Assert.False(planes.IsChannelsLast);
        Assert.True(planes.ChannelsLast().IsChannelsLast);
        Assert.False(Numbered(2, 1, 5, 7).ChannelsLast().IsChannelsLast); // in C order as well
        Assert.False(planes.ChannelsLast().Narrow(3, 0, 4).IsChannelsLast);
        Assert.True(Numbered(1, 5, 7, 3).Permute(0, 3, 1, 2).Narrow(0, 0, 1).IsChannelsLast);
        Assert.True(Numbered(5, 7, 3).Permute(2, 0, 1).Unsqueeze(0).IsChannelsLast); // libtorch's stride of the first axis is another one
        Assert.False(planes.Permute(0, 2, 3, 1).IsChannelsLast);
        Assert.False(planes.Reshape(2, 3, 35).IsChannelsLast);
    }

    [Fact]
    public void A_part_of_a_tensor_and_other_types_are_copied_too()
    {
        var planes = Numbered(4, 40, 20, 30);
        var part = planes.Permute(0, 2, 3, 1).Narrow(0, 1, 2);
        Assert.Equal(Bits(planes.Narrow(0, 1, 2).Permute(0, 2, 3, 1).Clone()), Bits(part.Contiguous()));
        var inner = planes.ChannelsLast().Narrow(1, 8, 16);
        Assert.Equal(Bits(planes.Narrow(1, 8, 16).Clone()), Bits(inner.Contiguous()));
        var wide = planes.To(DType.Float64);
        Assert.Equal(wide.ToArray<double>(), wide.ChannelsLast().Contiguous().ToArray<double>());
    }

    [Fact]
    public void A_matrix_is_transposed()
    {
        var matrix = Numbered(131, 1027);
        Assert.Equal(Bits(matrix.Transpose(0, 1).Clone().Reshape(-1)), Bits(matrix.Transpose(0, 1).Contiguous()));
    }

    [Fact]
    public void Gradients_flow_through_what_is_recorded()
    {
        var planes = Numbered(2, 8, 40, 40).RequireGrad();
        using (new NoGrad())
        {
            Assert.Equal(Bits(planes), Bits(planes.ChannelsLast().Contiguous()));
        }

        var loss = (planes.ChannelsLast() * Numbered(2, 8, 40, 40)).Sum();
        Assert.Equal(Bits(Numbered(2, 8, 40, 40)), Bits(Autograd.Gradients([loss], [planes])[0]!.Contiguous()));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var planes = Numbered(3, 24, 50, 31);
        var expected = Bits(planes.ChannelsLast().Permute(0, 2, 3, 1));
        var threads = TorchRuntime.Threads;
        try
        {
            foreach (var other in new[] { 1, 3 })
            {
                TorchRuntime.Threads = other;
                Assert.Equal(expected, Bits(planes.ChannelsLast().Permute(0, 2, 3, 1)));
            }
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }
    }

    // Every element is another one, with a NaN of a payload of its own and an infinity among them.
    private static Tensor Numbered(params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var values = Enumerable.Range(0, (int)count).Select(i => (float)i).ToArray();
        values[count / 2] = BitConverter.UInt32BitsToSingle(0x7fc01234);
        values[count / 3] = float.NegativeInfinity;
        return Tensor.From(values, shape);
    }

    private static int[] Bits(Tensor tensor) => Array.ConvertAll(tensor.Detach().ToArray<float>(), BitConverter.SingleToInt32Bits);
}
