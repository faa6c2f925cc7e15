using Stn.Testing;

namespace Stn.Torch.Tests;

public sealed class TensorScopeTests : TensorTest
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it()
    {
        var before = Tensor.LiveCount;
        Tensor result;
        using (var scope = new TensorScope())
        {
            var ones = Tensor.Ones([3]);
            result = scope.Keep((ones + ones) * 2);
            Assert.Equal(before + 3, Tensor.LiveCount);
        }

        Assert.Equal(before + 1, Tensor.LiveCount);
        Assert.Equal([4f, 4, 4], result.ToArray<float>());
    }

    [Fact]
    public void A_kept_tensor_belongs_to_the_scope_around()
    {
        var before = Tensor.LiveCount;
        using (new TensorScope())
        {
            using (var inner = new TensorScope())
                inner.Keep(Tensor.Ones([1]));
            Assert.Equal(before + 1, Tensor.LiveCount);
        }

        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Keeping_what_another_scope_holds_changes_nothing()
    {
        var outer = Tensor.Ones([1]);
        using (var scope = new TensorScope())
            Assert.Same(outer, scope.Keep(outer));
        Assert.Equal(1, outer.Item<float>());
    }

    [Fact]
    public void A_tensor_may_be_disposed_before_its_scope()
    {
        using var scope = new TensorScope();
        var tensor = Tensor.Ones([1]);
        tensor.Dispose();
        tensor.Dispose();
        Assert.Equal("(disposed tensor)", tensor.ToString());
        Assert.Throws<ObjectDisposedException>(() => tensor + 1);
    }

    [Fact]
    public void Scopes_end_in_the_reverse_order()
    {
        var outer = new TensorScope();
        var inner = new TensorScope();
        Assert.Contains("reverse order", Assert.Throws<InvalidOperationException>(outer.Dispose).Message);
        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void A_scope_ends_on_its_own_thread()
    {
        var scope = new TensorScope();
        NewThreads.Run(() => Assert.Contains("thread", Assert.Throws<InvalidOperationException>(scope.Dispose).Message));
        scope.Dispose();
    }

    [Fact]
    public void A_scope_does_not_see_other_threads()
    {
        var before = Tensor.LiveCount;
        using (new TensorScope())
        {
            Tensor? other = null;
            NewThreads.Run(() => other = Tensor.Ones([1]));
            Assert.NotNull(other);
            Assert.Equal(before + 1, Tensor.LiveCount);
            other.Dispose();
        }
    }

    [Fact]
    public void A_parameter_made_inside_a_scope_survives_it()
    {
        Parameter parameter;
        using (new TensorScope())
            parameter = new Parameter(Tensor.Ones([2]));
        Assert.Equal([1f, 1], parameter.Value.ToArray<float>());
        Assert.True(parameter.Value.RequiresGrad);
        parameter.Dispose();
    }

    [Fact]
    public void An_exception_frees_the_temporaries_on_its_way()
    {
        var before = Tensor.LiveCount;
        Assert.Throws<TorchException>(() =>
        {
            using var scope = new TensorScope();
            Tensor.Ones([2, 3]).MatMul(Tensor.Ones([2, 3]));
        });
        Assert.Equal(before, Tensor.LiveCount);
    }
}
