using System.Runtime.CompilerServices;
using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class TensorDataTests : TensorTest
{
    [Fact]
    public void Every_number_type_comes_back_as_it_went_in()
    {
        RoundTrip(DType.UInt8, new byte[] { 0, 7, 255 });
        RoundTrip(DType.Int8, new sbyte[] { -128, 0, 127 });
        RoundTrip(DType.Int16, new short[] { short.MinValue, 0, short.MaxValue });
        RoundTrip(DType.Int32, new[] { int.MinValue, 0, int.MaxValue });
        RoundTrip(DType.Int64, new[] { long.MinValue, 0, long.MaxValue });
        RoundTrip(DType.Float16, new[] { (Half)(-1.5f), Half.Epsilon, Half.PositiveInfinity });
        RoundTrip(DType.Float32, new[] { float.MinValue, float.NaN, float.Epsilon });
        RoundTrip(DType.Float64, new[] { double.MinValue, double.NaN, double.Epsilon });
        RoundTrip(DType.Bool, new[] { true, false, true });
    }

    [Fact]
    public void Host_tensors_of_every_type_come_back_as_they_went_in()
    {
        foreach (var type in Enum.GetValues<DType>())
        {
            var bytes = new byte[3 * 2 * type.SizeInBytes()];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)(type == DType.Bool ? i % 2 : (i * 11) + 1);
            var tensor = Tensor.From(new HostTensor(type, [3, 2], bytes));
            Assert.Equal(type, tensor.Type);
            var back = tensor.ToHost();
            Assert.Equal((type, "3,2"), (back.Type, string.Join(",", back.Shape)));
            Assert.Equal(bytes, back.Data);
        }
    }

    [Fact]
    public void A_tensor_over_memory_is_that_memory()
    {
        var memory = new float[] { 0, 1, 2, 3, 4, 5, 6 };
        using (var tensor = Tensor.Over(memory.AsMemory(1, 6), 2, 3))
        {
            memory[1] = 10;
            tensor.MultiplyInPlace(2);
            Assert.Equal([20f, 4, 6, 8, 10, 12], tensor.ToArray<float>());
        }

        Assert.Equal([0f, 20, 4, 6, 8, 10, 12], memory);
        Assert.Contains("has 6 elements, got 7", Assert.Throws<ArgumentException>(() => Tensor.Over(memory.AsMemory(), 2, 3)).Message);
    }

    [Fact]
    public void The_memory_under_a_tensor_stays_until_its_last_reference_is_gone()
    {
        var view = Over(out var memory);
        Collect();
        Assert.True(memory.IsAlive);
        Assert.Equal([1f, 2, 3, 4, 5, 6], view.ToArray<float>());
        view.Dispose();
        Collect();
        Assert.False(memory.IsAlive);
    }

    [Fact]
    public void Sizes_below_zero_are_refused_even_where_their_product_fits() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Over(new float[6].AsMemory(), -2, -3));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Tensor Over(out WeakReference memory)
    {
        var numbers = new float[] { 1, 2, 3, 4, 5, 6 };
        memory = new WeakReference(numbers);
        using var tensor = Tensor.Over(numbers.AsMemory(), 6);
        return tensor.Narrow(0, 0, 6);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    [Fact]
    public void A_scalar_has_no_dimensions_and_one_element()
    {
        var scalar = Tensor.From([2.5f]);
        Assert.Equal((0, 1L, "() Float32"), (scalar.Dimensions, scalar.ElementCount, scalar.ToString()));
        Assert.Empty(scalar.Shape);
        Assert.Equal(2.5f, scalar.Item<float>());
        Assert.Empty(Tensor.From(scalar.ToHost()).Shape);
    }

    [Fact]
    public void Empty_tensors_keep_their_shape()
    {
        var empty = Tensor.From(Array.Empty<float>(), 3, 0, 2);
        Assert.Equal([3, 0, 2], empty.Shape);
        Assert.Empty(empty.ToArray<float>());
        Assert.Equal(0, empty.DangerousGetSpan<float>().Length);
        Assert.Equal([3, 0, 2], Tensor.From(empty.ToHost()).Shape);
        Assert.Equal(0f, empty.Sum().Item<float>());
    }

    [Fact]
    public void A_span_sees_and_changes_the_elements_in_place()
    {
        var tensor = Tensor.Zeros([2, 3]);
        tensor.DangerousGetSpan<float>()[4] = 9;
        Assert.Equal([0, 0, 0, 0, 9, 0], tensor.ToArray<float>());
    }

    [Fact]
    public void Views_share_their_elements_and_are_read_in_C_order()
    {
        var tensor = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3);
        var turned = tensor.Transpose(0, 1);
        Assert.False(turned.IsContiguous);
        Assert.Equal([1f, 4, 2, 5, 3, 6], turned.ToArray<float>());
        Assert.Equal([4f, 5, 6], tensor.Select(0, 1).ToArray<float>());
        Assert.Equal([2f, 3, 5, 6], tensor.Narrow(1, 1, 2).ToArray<float>());
        tensor.Fill(7);
        Assert.Equal(7, turned.Select(0, 2).ToArray<float>()[1]);
        Assert.Equal([7f, 7], Tensor.From([7f], 1).Expand(2).ToArray<float>());
    }

    [Fact]
    public void A_span_of_a_view_with_gaps_is_refused() =>
        Assert.Contains(
            "contiguous", Assert.Throws<ArgumentException>(() => Tensor.Zeros([2, 3]).Transpose(0, 1).DangerousGetSpan<float>().Length).Message);

    [Fact]
    public void The_wrong_element_type_is_refused_by_name()
    {
        var tensor = Tensor.Zeros([2]);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => tensor.ToArray<double>()).Message);
        Assert.Contains("Int32", Assert.Throws<ArgumentException>(() => tensor.DangerousGetSpan<int>().Length).Message);
        Assert.Contains("Char", Assert.Throws<ArgumentException>(() => Tensor.From(new[] { 'a' }, 1)).Message);
    }

    [Fact]
    public void A_count_that_does_not_fit_the_shape_is_refused_with_both()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From([1f, 2, 3], 2, 2));
        Assert.Contains("(2, 2) has 4 elements, got 3", error.Message);
        Assert.Throws<ArgumentException>(() => Tensor.From([1f, 2]));
        Assert.Throws<ArgumentException>(() => Tensor.From(new HostTensor(DType.Float32, [2], new byte[7])));
        Assert.Throws<ArgumentException>(() => Tensor.From(new HostTensor(DType.Float32, [2], new byte[12])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.From([1f], -1, -1));
    }

    [Fact]
    public void Only_one_number_is_an_item() =>
        Assert.Contains("(2)", Assert.Throws<InvalidOperationException>(() => Tensor.Zeros([2]).Item<float>()).Message);

    [Fact]
    public void Dimensions_count_from_the_end_when_negative()
    {
        var tensor = Tensor.Zeros([2, 3, 5]);
        Assert.Equal((5L, 2L), (tensor.Size(-1), tensor.Size(-3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Size(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Size(-4));
    }

    [Fact]
    public void New_tensors_are_filled_as_their_name_says()
    {
        Assert.Equal([0L, 0], Tensor.Zeros([2], DType.Int64).ToArray<long>());
        Assert.Equal([1.0, 1], Tensor.Ones([2], DType.Float64).ToArray<double>());
        Assert.Equal([3], Tensor.Empty(DType.Int16, 3).Shape);
        var like = Tensor.ZerosLike(Tensor.Ones([2, 2], DType.Float64));
        Assert.Equal("(2, 2) Float64", like.ToString());
        Assert.All(Tensor.RandomUniform([100]).ToArray<float>(), number => Assert.InRange(number, 0, 1));
    }

    private static void RoundTrip<T>(DType type, T[] numbers)
        where T : unmanaged
    {
        var tensor = Tensor.From(numbers, numbers.Length);
        Assert.Equal(type, tensor.Type);
        Assert.Equal(numbers, tensor.ToArray<T>());
        Assert.Equal(numbers, tensor.DangerousGetSpan<T>().ToArray());
    }
}
