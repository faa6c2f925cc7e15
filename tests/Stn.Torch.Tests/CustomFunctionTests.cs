using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class CustomFunctionTests : TensorTest
{
    private static Tensor A => GradientCheck.Input(1, 2, 3);

    private static Tensor B => GradientCheck.Input(2, 2, 3);

    [Fact]
    public void Two_inputs_and_two_outputs_agree_with_central_differences()
    {
        GradientCheck.First(i => Tensor.Concatenate(new TwoByTwo().Apply(i), 0), [A, B]);
        GradientCheck.First(i => new TwoByTwo().Apply(i)[0], [A, B]);
        GradientCheck.First(i => new TwoByTwo().Apply(i)[1], [A, B]);
    }

    [Fact]
    public void It_stands_between_two_convolutions()
    {
        var image = GradientCheck.Input(3, 2, 1, 5, 5);
        var first = GradientCheck.Input(4, 2, 1, 3, 3);
        var second = GradientCheck.Input(5, 1, 2, 2, 2);
        GradientCheck.First(
            i =>
            {
                var middle = Functional.Conv2d(i[0], i[1], null);
                var made = new TwoByTwo().Apply(middle, middle.Tanh());
                return Functional.Conv2d(made[0] + made[1], i[2], null);
            },
            [image, first, second]);
    }

    [Fact]
    public void Only_the_gradients_that_are_wanted_are_asked_for()
    {
        var (a, b) = (A, B);
        var function = new TwoByTwo();
        function.Apply(a, b.Detach())[0].Sum().Backward();
        Assert.Equal([true, false], function.Needed);
        Assert.Null(b.Grad);

        function = new TwoByTwo();
        Assert.NotNull(Autograd.Gradients([function.Apply(a, b)[1].Sum()], [b])[0]);
        Assert.Equal([false, true], function.Needed);
    }

    [Fact]
    public void Incoming_gradients_may_be_expanded()
    {
        var function = new TwoByTwo();
        var (a, b) = (A, B);
        function.Apply(a, b)[0].Sum().Backward(); // the gradient of a sum is one number with strides of zero
        Assert.True(function.SawExpandedGradient);
        AssertClose.Tensors(b.Detach(), a.Grad!);
    }

    [Fact]
    public void Its_gradient_is_differentiated_when_backward_is_a_function_too() =>
        GradientCheck.Second(i => new Cube().Apply(i[0] * 2)[0], [A]);

    [Fact]
    public void Ordinary_operators_in_backward_are_differentiated_as_well() =>
        GradientCheck.Second(i => Tensor.Concatenate(new TwoByTwo().Apply(i), 0), [A, B]);

    [Fact]
    public void Nothing_is_recorded_inside_forward_or_when_nothing_requires_it()
    {
        var recorded = true;
        var hook = new Hook((_, inputs) =>
        {
            recorded = (inputs[0] * 2).RequiresGrad;
            return [inputs[0] * 2];
        });
        Assert.True(hook.Apply(A)[0].RequiresGrad);
        Assert.False(recorded);
        Assert.False(new Hook().Apply(A.Detach())[0].RequiresGrad);
        using var recording = new NoGrad();
        Assert.False(new Hook().Apply(A)[0].RequiresGrad);
    }

    [Fact]
    public void Forward_may_return_its_input_or_a_view_of_it()
    {
        var x = A;
        new Hook((_, inputs) => [inputs[0]]).Apply(x)[0].Sum().Backward();
        new Hook((_, inputs) => [inputs[0].Transpose(0, 1)], (_, g) => [g[0].Transpose(0, 1)]).Apply(x)[0].Sum().Backward();
        Assert.All(x.Grad!.ToArray<double>(), number => Assert.Equal(2, number));
    }

    [Fact]
    public void Outputs_of_whole_numbers_have_no_gradient()
    {
        var made = new Hook((_, inputs) => [inputs[0].ArgMax(1)]).Apply(A)[0];
        Assert.Equal(DType.Int64, made.Type);
        Assert.False(made.RequiresGrad);
    }

    [Fact]
    public void A_missing_gradient_is_zero()
    {
        var (a, b) = (A, B);
        var gradients = Autograd.Gradients([(new Hook(backward: (_, _) => [null]).Apply(a)[0] * b).Sum()], [a, b]);
        Assert.Null(gradients[0]);
        AssertClose.Tensors(a.Detach(), gradients[1]!);
    }

    [Fact]
    public void It_runs_on_any_thread()
    {
        NewThreads.Run(() =>
        {
            using var scope = new TensorScope();
            GradientCheck.First(i => new TwoByTwo().Apply(i)[0], [A, B]);
        });
    }

    [Fact]
    public void A_graph_made_on_one_thread_is_differentiated_on_another()
    {
        var x = A;
        var loss = new Cube().Apply(x)[0].Sum();
        NewThreads.Run(() => loss.Backward());
        using var squares = x.Detach().Pow(2) * 3;
        AssertClose.Tensors(squares, x.Grad!);
    }
}
