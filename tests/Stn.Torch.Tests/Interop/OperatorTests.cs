using System.Reflection;
using Stn.Testing;
using Stn.Torch.Interop;

namespace Stn.Torch.Tests.Interop;

/// <summary>The boxed call itself: arguments against the schema, before libtorch sees them.</summary>
public sealed class OperatorTests : TensorTest
{
    private static Tensor Matrix => Tensor.Ones([2, 3]);

    [Fact]
    public void Every_operator_of_this_library_is_found_in_this_libtorch()
    {
        var find = typeof(Operator).GetMethod("Find", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var operators = typeof(Ops).GetFields(BindingFlags.Static | BindingFlags.NonPublic);
        Assert.True(operators.Length > 60);
        foreach (var field in operators)
            find.Invoke(field.GetValue(null), null);
    }

    [Theory]
    [InlineData("aten::no_such_operator", "")]
    [InlineData("aten::add", "NoSuchOverload")]
    public void An_unknown_operator_or_overload_is_named(string name, string overload) =>
        Assert.Contains($"{name}.{overload}", Assert.Throws<TorchException>(() => new Operator(name, overload).Call(Matrix)).Message);

    [Fact]
    public void A_wrong_tag_names_the_argument_and_both_types()
    {
        Shows(() => Ops.Relu.Call(3L), "aten::relu(3) failed: argument 'self' must be Tensor, got an int");
        Shows(() => Ops.Softmax.Call(Matrix, 0.5), "argument 'dim' must be int, got a float");
        Shows(() => Ops.SumDim.Call(Matrix, new[] { 0.5 }, true), "must be", "got a list of floats", "[0.5], true");
        Shows(() => Ops.Cat.Call(Matrix), "argument 'tensors' must be", "got a tensor");
        Shows(() => Ops.Dropout.Call(Matrix, 0.5, 1L), "argument 'train' must be bool, got an int");
        Shows(() => Ops.ToDevice.Call(Matrix, 1L), "must be Device, got an int");
        Shows(() => Ops.Add.Call(Matrix, "text"), "argument 'other' must be Tensor, got a string");
    }

    [Fact]
    public void A_number_of_arguments_that_cannot_be()
    {
        Shows(() => Ops.MatMul.Call(Matrix), "argument 'other' is missing");
        Shows(() => Ops.MatMul.Call(), "aten::matmul() failed: argument 'self' is missing");
        Shows(() => Ops.Relu.Call(Matrix, Matrix), "takes 1 arguments, got 2");
    }

    [Fact]
    public void A_wrong_device_name_is_shown() => Shows(() => Ops.Zeros.Call(new long[] { 1 }, DType.Float32, Argument.None, "gpu"), "gpu");

    [Fact]
    public void An_operator_without_a_tensor_as_its_result_says_so() =>
        Assert.Contains("Bool", Assert.Throws<InvalidOperationException>(() => new Operator("aten::equal").Call(Matrix, Matrix)).Message);

    [Fact]
    public void An_int_serves_as_float_and_as_a_list_of_fixed_length()
    {
        Assert.Equal(3f, Ops.Mul.Call(Matrix, Ops.DivScalar.Call(Matrix, 1L)).Sum().Item<float>() / 2);
        Assert.Equal([1, 1, 2, 2], Ops.MaxPool2d.Call(Tensor.Ones([1, 1, 4, 4]), 2L).Shape);
        Assert.Equal(2L, Ops.Dropout.Call(Matrix, 0L, false).Size(0));
    }

    [Fact]
    public void Long_lists_of_numbers_and_tensors_go_through()
    {
        var many = Enumerable.Range(0, 300).Select(i => Tensor.From([(float)i], 1)).ToArray();
        var together = Tensor.Concatenate(many, 0);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (float)i), together.ToArray<float>());
    }

    [Fact]
    public void A_disposed_tensor_late_in_a_list_releases_those_before_it()
    {
        var (first, second) = (Matrix, Matrix);
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Ops.Cat.Call(new[] { first, second }, 0L));
        Assert.Throws<ObjectDisposedException>(() => Ops.Add.Call(first, second));
        first.Dispose();
        Assert.True(first.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => first.Shape); // a reference left behind would keep it open
    }

    private static void Shows(Func<Tensor> call, params string[] parts)
    {
        var error = Assert.Throws<TorchException>(call);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
