using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>Whatever goes wrong in libtorch is a TorchException that shows the call.</summary>
public sealed class ErrorTests : TensorTest
{
    private static Tensor Matrix => Tensor.Ones([2, 3]);

    [Fact]
    public void Shapes_that_do_not_fit() =>
        Shows(() => Matrix.MatrixMultiply(Matrix), "aten::mm((2, 3) Float32, (2, 3) Float32) failed", "2x3");

    [Fact]
    public void Shapes_that_do_not_broadcast() =>
        Shows(() => Matrix + Tensor.Ones([4]), "aten::add.Tensor((2, 3) Float32, (4) Float32)", "must match");

    [Fact]
    public void Channels_that_do_not_fit() =>
        Shows(
            () => Functional.Conv2d(Tensor.Ones([1, 3, 8, 8]), Tensor.Ones([4, 1, 3, 3]), null),
            "aten::conv2d((1, 3, 8, 8) Float32, (4, 1, 3, 3) Float32, None, [1, 1], [0, 0], [1, 1], 1)", "channels");

    [Fact]
    public void Lists_of_shapes_that_do_not_fit() =>
        Shows(() => Tensor.Concatenate([Matrix, Tensor.Ones([2, 4])], 0), "aten::cat([(2, 3) Float32, (2, 4) Float32], 0)", "Sizes");

    [Fact]
    public void An_empty_list() => Shows(() => Tensor.Stack([], 0), "aten::stack([], 0)", "non-empty");

    [Fact]
    public void Types_that_do_not_fit() =>
        Shows(() => Matrix.MatrixMultiply(Tensor.Ones([3, 2], DType.Float64)), "(3, 2) Float64", "type");

    [Fact]
    public void Labels_of_the_wrong_type() =>
        Shows(() => Functional.CrossEntropy(Matrix, Tensor.Ones([2])), "aten::nll_loss((2, 3) Float32, (2) Float32)", "Long");

    [Fact]
    public void Labels_out_of_range() =>
        Shows(() => Functional.CrossEntropy(Matrix, Tensor.From([0L, 3], 2)), "aten::nll_loss", "out of bounds");

    [Fact]
    public void A_missing_tensor() => Shows(() => Functional.Linear(null!, Matrix, null), "argument 'input' must be Tensor, got None");

    [Fact]
    public void An_index_out_of_range() => Shows(() => Matrix.Select(0, 2), "aten::select.int((2, 3) Float32, 0, 2)", "out of range");

    [Fact]
    public void A_dimension_out_of_range() => Shows(() => Matrix.Softmax(5), "aten::softmax.int", "Dimension out of range");

    [Fact]
    public void An_index_in_a_tensor_out_of_range() =>
        Shows(() => Matrix.IndexSelect(1, Tensor.From([7L], 1)), "aten::index_select((2, 3) Float32, 1, (1) Int64)", "index");

    [Fact]
    public void A_shape_with_another_number_of_elements() => Shows(() => Matrix.Reshape(4), "aten::reshape((2, 3) Float32, [4])", "invalid");

    [Fact]
    public void A_list_that_is_too_short() => Shows(() => Matrix.Permute(0), "aten::permute((2, 3) Float32, [0])", "dim");

    [Fact]
    public void A_type_that_does_not_exist() => Shows(() => Tensor.Empty((DType)99, 2), "99 is no element type");

    [Fact]
    public void A_negative_size() => Shows(() => Tensor.Empty(DType.Float32, 2, -1), "(2, -1)", "negative");

    [Fact]
    public void More_memory_than_there_is() => Shows(() => Tensor.Empty(DType.Float32, 1L << 40), "shape (1099511627776), Float32", "out of memory");

    [Fact]
    public void More_memory_than_can_be_counted()
    {
        Shows(() => Tensor.Zeros([1L << 61]), "aten::zeros([2305843009213693952]");
        Shows(() => Tensor.Zeros([1L << 40, 1L << 40]), "aten::zeros");
    }

    [Fact]
    public void A_device_that_is_not_there() => Shows(() => Matrix.To(Device.Cuda(99)), "cuda:99");

    [Fact]
    public void A_gradient_that_was_never_recorded() => Shows(() => Matrix.Sum().Backward(), "backward(() Float32)", "does not require grad");

    [Fact]
    public void A_gradient_of_many_numbers() =>
        Shows(() => Matrix.RequireGrad().Exp().Backward(), "backward((2, 3) Float32)", "scalar outputs");

    [Fact]
    public void A_gradient_of_whole_numbers() =>
        Shows(() => Tensor.Ones([2], DType.Int64).RequireGrad(), "aten::requires_grad_((2) Int64, true)", "floating point");

    [Fact]
    public void A_graph_used_twice()
    {
        var loss = Matrix.RequireGrad().Exp().Sum();
        loss.Backward();
        Shows(() => loss.Backward(), "second time");
    }

    [Fact]
    public void A_leaf_changed_in_place() =>
        Shows(() => Matrix.RequireGrad().Fill(2), "aten::fill_.Scalar((2, 3) Float32, 2)", "leaf");

    [Fact]
    public void A_saved_tensor_changed_in_place()
    {
        var saved = Matrix.RequireGrad() * 1;
        var loss = (saved * saved).Sum();
        saved.AddInPlace(Matrix);
        Shows(() => loss.Backward(), "modified by an inplace operation");
    }

    [Fact]
    public void A_gradient_of_another_shape_or_type()
    {
        var tensor = Matrix;
        Shows(() => tensor.Grad = Tensor.Ones([3]), "[2, 3]", "[3]");
        Shows(() => tensor.Grad = Tensor.Ones([2, 3], DType.Float64), "Double");
        Assert.Null(tensor.Grad);
    }

    [Fact]
    public void A_disposed_tensor()
    {
        var tensor = Matrix;
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor + Matrix);
        Assert.Throws<ObjectDisposedException>(() => tensor.Shape);
        Assert.Throws<ObjectDisposedException>(() => tensor.ToArray<float>());
        Assert.Throws<ObjectDisposedException>(() => Tensor.Concatenate([Matrix, tensor], 0));
        Assert.Throws<ObjectDisposedException>(() => tensor.Backward());
    }

    [Fact]
    public void Twenty_thousand_errors_leave_memory_as_it_was()
    {
        var left = Matrix;
        for (var i = 0; i < 2000; i++)
            Assert.Throws<TorchException>(() => left.MatrixMultiply(left));
        var (native, resident) = (TorchRuntime.Memory.InUse, ProcessMemory.Resident());
        for (var i = 0; i < 20_000; i++)
            Assert.Throws<TorchException>(() => left.MatrixMultiply(left));
        Assert.Equal(native, TorchRuntime.Memory.InUse);
        Assert.InRange(ProcessMemory.Resident() - resident, long.MinValue, 24 << 20);
    }

    private static void Shows(Func<object> call, params string[] parts) => Shows(new Action(() => call()), parts);

    private static void Shows(Action call, params string[] parts)
    {
        var error = Assert.Throws<TorchException>(call);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
        Assert.DoesNotContain("Exception raised from", error.Message);
    }
}
