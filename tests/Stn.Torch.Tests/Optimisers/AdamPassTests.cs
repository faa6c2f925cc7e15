using Stn.Testing;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Optimisers;

/// <summary>The pass over all parameters at once against libtorch's operators, which doubles go through.</summary>
public sealed class AdamPassTests : TensorTest
{
    private static readonly long[] s_sizes = [1, 15, 16, 17, 0, 40_000];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void Thirty_steps_are_those_of_the_operators(double decay, bool decoupled)
    {
        var values = s_sizes.Select(size => Tensor.RandomNormal([size], DType.Float64)).ToArray();
        var gradients = s_sizes.Select(size => Tensor.RandomNormal([size], DType.Float64)).ToArray();
        var fast = Train([.. values.Select(v => v.To(DType.Float32))], gradients, decay, decoupled);
        var plain = Train([.. values.Select(v => v * 1)], gradients, decay, decoupled);
        foreach (var (one, other) in fast.Zip(plain))
            AssertClose.Values([.. other.ToArray<double>().Select(v => (float)v)], one.ToArray<float>(), new Tolerance(1e-6, 1e-6));
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        var values = s_sizes.Select(size => Tensor.RandomNormal([size])).ToArray();
        var gradients = s_sizes.Select(size => Tensor.RandomNormal([size])).ToArray();
        var before = TorchRuntime.Threads;
        try
        {
            TorchRuntime.Threads = 2;
            var two = Train([.. values.Select(v => v * 1)], gradients, 0, false);
            TorchRuntime.Threads = 1;
            var one = Train([.. values.Select(v => v * 1)], gradients, 0, false);
            foreach (var (a, b) in two.Zip(one))
                Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    [Fact]
    public void Memory_with_gaps_goes_through_the_operators()
    {
        var whole = Tensor.Ones([4, 6]);
        using var parameter = new Parameter(whole.Narrow(1, 0, 3));
        using var adam = new Adam([new ParameterGroup("all", [("p", parameter)])]);
        parameter.Value.Grad = Tensor.Ones([4, 3]);
        adam.Step(0.5);
        AssertClose.Values([0.5f, 0.5f, 0.5f, 1, 1, 1], whole.ToArray<float>().AsSpan(0, 6));
    }

    [Fact]
    public void A_graph_from_before_the_step_is_refused()
    {
        using var parameter = new Parameter(Tensor.Ones([3]));
        using var adam = new Adam([new ParameterGroup("all", [("p", parameter)])]);
        var loss = (parameter.Value * parameter.Value).Sum();
        parameter.Value.Grad = Tensor.Ones([3]);
        adam.Step(0.5);
        Assert.Contains("modified by an inplace operation", Assert.Throws<TorchException>(() => loss.Backward()).Message);
    }

    private static Tensor[] Train(Tensor[] values, Tensor[] gradients, double decay, bool decoupled)
    {
        var parameters = values.Select(v => new Parameter(v)).ToArray();
        using var adam = new Adam(
            [new ParameterGroup("all", [.. parameters.Select((p, i) => ($"{i}", p))])], weightDecay: decay, decoupled: decoupled);
        for (var step = 1; step <= 30; step++)
        {
            foreach (var (parameter, gradient) in parameters.Zip(gradients))
                parameter.Value.Grad = (gradient * (1.0 / step)).To(parameter.Value.Type);
            adam.Step(0.01);
        }

        return values;
    }
}
