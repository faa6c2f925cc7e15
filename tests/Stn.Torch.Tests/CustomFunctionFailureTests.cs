using System.Runtime.CompilerServices;
using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class CustomFunctionFailureTests : TensorTest
{
    private static Tensor X => GradientCheck.Input(1, 2, 3);

    [Fact]
    public void An_exception_in_forward_surfaces_with_its_cause()
    {
        var cause = new FormatException("no such shape");
        var error = Assert.Throws<TorchException>(() => new Hook((_, _) => throw cause).Apply(X));
        Assert.Same(cause, error.InnerException);
        Assert.Contains("Hook((2, 3) Float64) failed: FormatException: no such shape", error.Message);
    }

    [Fact]
    public void An_exception_in_backward_surfaces_with_its_cause()
    {
        var cause = new FormatException("no such gradient");
        var loss = new Hook(backward: (_, _) => throw cause).Apply(X)[0].Sum();
        var error = Assert.Throws<TorchException>(() => loss.Backward());
        Assert.Same(cause, error.InnerException);
        Assert.Contains("FormatException: no such gradient", error.Message);
        Assert.Null(Assert.Throws<TorchException>(() => X.MatrixMultiply(X)).InnerException); // it belongs to one error only
    }

    [Fact]
    public void An_error_of_libtorch_inside_a_callback_keeps_its_text()
    {
        var error = Assert.Throws<TorchException>(() => new Hook((_, i) => [i[0].MatrixMultiply(i[0])]).Apply(X));
        Assert.Contains("aten::mm((2, 3) Float64, (2, 3) Float64)", error.Message);
        Assert.IsType<TorchException>(error.InnerException);
    }

    [Fact]
    public void A_wrong_number_of_tensors_is_refused()
    {
        Fails(() => new Hook((_, i) => [i[0], i[0]]).Apply(X), "Hook returned 2 tensors, 1 are needed");
        Fails(() => new Hook((_, _) => []).Apply(X), "Hook returned 0 tensors, 1 are needed");
        Fails(() => new Hook((_, _) => [null!]).Apply(X), "Forward returned null");
        Fails(() => new Hook(backward: (_, _) => []).Apply(X)[0].Sum().Backward(), "Hook returned 0 tensors, 1 are needed");
    }

    [Fact]
    public void A_gradient_of_the_wrong_shape_is_refused() =>
        Fails(() => new Hook(backward: (_, _) => [Tensor.Ones([7], DType.Float64)]).Apply(X)[0].Sum().Backward(), "invalid gradient", "[7]");

    [Fact]
    public void The_context_checks_what_it_is_asked()
    {
        Fails(() => new Hook(backward: (context, _) => context.Saved(3)).Apply(X)[0].Sum().Backward(), "saved 0 tensors, asked for 3");
        Fails(() => Ask(context => context.NeedsGrad(1)), "input 1", "out of range");
        Fails(() => Ask(context => context.NeedsGrad(-1)), "input -1", "out of range");
    }

    [Fact]
    public void The_context_is_of_no_use_after_the_callback()
    {
        var hook = new Hook();
        hook.Apply(X);
        Assert.Throws<ObjectDisposedException>(() => hook.Context!.NeedsGrad(0));
        Assert.Throws<ObjectDisposedException>(() => hook.Context!.Saved(0));
        Assert.Throws<ObjectDisposedException>(() => hook.Context!.Save(X));
    }

    [Fact]
    public void A_saved_tensor_changed_in_place_is_noticed()
    {
        var x = X * 1;
        var loss = new Cube().Apply(x)[0].Sum();
        x.MultiplyInPlace(2);
        Fails(() => loss.Backward(), "modified by an inplace operation");
    }

    [Fact]
    public void Missing_and_disposed_inputs_are_refused_and_hold_nothing()
    {
        Assert.Throws<ArgumentNullException>(() => new Hook().Apply(null!, X));
        Assert.True(IsFreed(Refused()));
    }

    [Fact]
    public void Two_thousand_of_two_thousand_functions_are_let_go()
    {
        var before = Tensor.LiveCount;
        var functions = Enumerable.Range(0, 2000).Select(Use).ToArray();
        Assert.Equal(before, Tensor.LiveCount);
        Assert.Equal(2000, functions.Count(IsFreed));
    }

    // In methods of their own: a local variable would keep the function alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(int index)
    {
        using var scope = new TensorScope();
        var function = (index % 4) switch
        {
            0 => new Hook((_, _) => throw new FormatException()),
            1 => new Hook(backward: (_, _) => throw new FormatException()),
            _ => new Hook((context, inputs) =>
            {
                context.Save(inputs);
                return [inputs[0].Exp()];
            }),
        };
        Record.Exception(() =>
        {
            var loss = function.Apply(X)[0].Sum();
            if (index % 4 != 3)
                loss.Backward(); // the last kind is never differentiated
        });
        return new WeakReference(function);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Refused()
    {
        var disposed = X;
        disposed.Dispose();
        var function = new Hook();
        Assert.Throws<ObjectDisposedException>(() => function.Apply(X, disposed));
        return new WeakReference(function);
    }

    private static bool IsFreed(WeakReference reference)
    {
        if (reference.IsAlive)
            FinaliseTheDead();
        return !reference.IsAlive;
    }

    private static void Ask(Func<FunctionContext, bool> question) =>
        new Hook(backward: (context, gradients) => [question(context) ? gradients[0] : null]).Apply(X)[0].Sum().Backward();

    private static void Fails(Action call, params string[] parts)
    {
        var error = Assert.Throws<TorchException>(call);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.OrdinalIgnoreCase));
    }
}
