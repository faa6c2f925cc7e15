using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class AutogradTests : TensorTest
{
    private static Tensor Leaf(params double[] numbers) => Tensor.From(numbers, numbers.Length).RequireGrad();

    [Fact]
    public void Backward_adds_to_the_gradient_of_every_leaf()
    {
        var x = Leaf(1, 2, 3);
        Assert.Null(x.Grad);
        (x * x).Sum().Backward();
        Assert.Equal([2, 4, 6], x.Grad!.ToArray<double>());
        (x * x).Sum().Backward();
        Assert.Equal([4, 8, 12], x.Grad!.ToArray<double>());
        x.Grad = null;
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_gradient_can_be_given_and_is_added_to()
    {
        var x = Leaf(1, 2);
        x.Grad = Tensor.From([10.0, 20], 2);
        x.Sum().Backward();
        Assert.Equal([11, 21], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Several_outputs_weigh_as_much_as_their_incoming_gradients()
    {
        var x = Leaf(1, 2);
        Autograd.Backward([x * 2, x.Sum()], [Tensor.From([1.0, 10], 2), null]);
        Assert.Equal([3, 21], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void No_grad_records_nothing_and_nests()
    {
        var x = Leaf(1);
        using (new NoGrad())
        {
            using (new NoGrad())
                Assert.False((x * 2).RequiresGrad);
            Assert.False((x * 2).RequiresGrad);
        }

        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void No_grad_concerns_one_thread_and_ends_there()
    {
        var x = Leaf(1);
        var recording = new NoGrad();
        NewThreads.Run(() =>
        {
            using var scope = new TensorScope();
            Assert.True((x * 2).RequiresGrad);
            Assert.Throws<InvalidOperationException>(recording.Dispose);
        });
        Assert.False((x * 2).RequiresGrad);
        recording.Dispose();
        using (new NoGrad())
        {
            recording.Dispose(); // a second time does nothing
            Assert.False((x * 2).RequiresGrad);
        }
    }

    [Fact]
    public void Detached_tensors_share_elements_and_stop_gradients()
    {
        var x = Leaf(1, 2);
        (x * x.Detach()).Sum().Backward();
        Assert.Equal([1, 2], x.Grad!.ToArray<double>());
        Assert.False(x.Detach().RequiresGrad);
    }

    [Fact]
    public void Gradients_leave_the_leaves_alone_and_are_null_for_what_is_unused()
    {
        var (x, y) = (Leaf(3), Leaf(4));
        var gradients = Autograd.Gradients([(x * x).Sum()], [x, y]);
        Assert.Equal(6, gradients[0]!.Item<double>());
        Assert.Null(gradients[1]);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Gradients_of_inner_tensors_and_with_incoming_gradients()
    {
        var x = Leaf(2, 3);
        var middle = x * x;
        var gradients = Autograd.Gradients([middle * 5], [middle, x], [Tensor.From([1.0, 100], 2)]);
        Assert.Equal([5, 500], gradients[0]!.ToArray<double>());
        Assert.Equal([20, 3000], gradients[1]!.ToArray<double>());
    }

    [Fact]
    public void Too_few_or_missing_arguments_are_refused_before_native_code()
    {
        var x = Leaf(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Autograd.Gradients([x, x], [x], [null]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Autograd.Backward([x, x], [null]));
        Assert.Throws<ArgumentNullException>(() => Autograd.Gradients([x], [null!]));
        Assert.Throws<ArgumentNullException>(() => Autograd.Backward([null!], [null]));
        Assert.Throws<ArgumentNullException>(() => Autograd.Backward(null!));
        Assert.Throws<TorchException>(() => Autograd.Gradients([x.Sum()], [Tensor.Ones([1])]));
    }

    [Fact]
    public void A_retained_graph_serves_again()
    {
        var x = Leaf(2);
        var loss = x.Pow(3).Sum();
        loss.Backward(retainGraph: true);
        loss.Backward();
        Assert.Equal(24, x.Grad!.Item<double>());
    }

    [Fact]
    public void The_gradient_of_a_gradient_is_the_second_derivative()
    {
        var x = Leaf(2);
        var first = Autograd.Gradients([x.Pow(4).Sum()], [x], createGraph: true)[0]!;
        var second = Autograd.Gradients([first.Sum()], [x], createGraph: true)[0]!;
        var third = Autograd.Gradients([second.Sum()], [x])[0]!;
        Assert.Equal((32.0, 48.0, 48.0), (first.Item<double>(), second.Item<double>(), third.Item<double>()));
    }

    [Fact]
    public void In_place_changes_of_inner_tensors_are_differentiated()
    {
        var x = Leaf(1, 2);
        var y = x * 3;
        y.MultiplyInPlace(2);
        y.AddInPlace(x, -1);
        y.Sum().Backward();
        Assert.Equal([5, 5], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void In_place_operators_do_what_their_formula_says()
    {
        var x = Tensor.From([1.0, 2], 2);
        var y = Tensor.From([3.0, 4], 2);
        x.AddProductInPlace(y, y, 2);
        Assert.Equal([19, 34], x.ToArray<double>());
        x.AddQuotientInPlace(y, Tensor.From([1.0, 2], 2), -1);
        Assert.Equal([16, 32], x.ToArray<double>());
        x.CopyFrom(Tensor.From([5, 6], 2));
        Assert.Equal([5, 6], x.ToArray<double>());
        x.SetZero();
        Assert.Equal([0, 0], x.ToArray<double>());
        var whole = Tensor.From([1L, 2], 2);
        whole.AddInPlace(whole);
        Assert.Equal([2L, 4], whole.ToArray<long>());
    }

    [Fact]
    public void Many_threads_differentiate_graphs_of_their_own()
    {
        NewThreads.Run(6, factor =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var scope = new TensorScope();
                var x = Leaf(factor);
                x.Pow(2).Sum().Backward();
                Assert.Equal(2 * factor, x.Grad!.Item<double>());
            }
        });
    }
}
