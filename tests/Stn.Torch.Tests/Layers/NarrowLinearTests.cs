using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Layers.Convolutions;
using Stn.Torch.Layers.Narrow;

namespace Stn.Torch.Tests.Layers;

/// <summary>The linear layer of few outputs and many inputs against libtorch's.</summary>
public sealed class NarrowLinearTests : TensorTest
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 64, 4096, 32 }, { 8, 1024, 8 }, { 9, 1025, 16 }, { 13, 2083, 24 }, { 70, 1764, 40 }, { 31, 3071, 64 }, { 256, 1031, 32 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Values_and_gradients_are_those_of_the_operator(int images, int inputs, int outputs)
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(images, inputs, outputs);
        var (expected, actual) = (Functional.Linear(learned[0], learned[1], learned[2]), Ours(learned));
        AssertClose.Tensors(expected.Detach(), actual.Detach(), new Tolerance(2e-5, 2e-5));
        foreach (var (one, other) in Gradients(expected, learned).Zip(Gradients(actual, learned)))
            AssertClose.Tensors(one, other, new Tolerance(1e-4, 1e-4));
    }

    [Fact]
    public void A_layer_takes_it_where_it_fits()
    {
        var layer = Own(new Linear(2048, 32));
        Assert.Equal(Lanes16.AreFast, NarrowLinearFunction.Suits(Random(1, 64, 2048), layer));
        Assert.False(NarrowLinearFunction.Suits(Random(1, 7, 2048), layer));
        Assert.False(NarrowLinearFunction.Suits(Random(1, 4, 16, 2048), layer));
        Assert.False(NarrowLinearFunction.Suits(Random(1, 64, 2048).To(DType.Float64), layer));
        Assert.False(NarrowLinearFunction.Suits(Random(1, 64, 2048), Own(new Linear(2048, 10))));
        Assert.False(NarrowLinearFunction.Suits(Random(1, 64, 2048), Own(new Linear(2048, 72))));
        Assert.False(NarrowLinearFunction.Suits(Random(1, 64, 512), Own(new Linear(512, 32))));
        AssertClose.Tensors(
            Functional.Linear(Random(1, 64, 2048), layer.Weight.Value, layer.Bias.Value).Detach(), layer.Forward(Random(1, 64, 2048)).Detach(),
            new Tolerance(2e-5, 2e-5));
    }

    [Fact]
    public void Inputs_of_the_wrong_width_are_refused_as_before() =>
        Assert.Throws<TorchException>(() => Own(new Linear(2048, 32)).Forward(Random(1, 64, 2047)));

    [Fact]
    public void Only_the_gradients_that_are_wanted_are_computed()
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(12, 1500, 16);
        var all = Gradients(Ours(learned), learned);
        for (var only = 0; only < learned.Length; only++)
        {
            Tensor[] inputs = [.. learned.Select((tensor, i) => i == only ? tensor : tensor.Detach())];
            Assert.Equal(all[only].ToArray<float>(), Gradients(Ours(inputs), [inputs[only]])[0].ToArray<float>());
        }
    }

    [Fact]
    public void Inputs_and_gradients_may_lie_otherwise()
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(12, 1500, 16);
        Tensor[] turned = [learned[0].Detach().Transpose(0, 1).Contiguous().Transpose(0, 1).RequireGrad(), learned[1], learned[2]];
        Assert.Equal(Ours(learned).Detach().ToArray<float>(), Ours(turned).Detach().ToArray<float>());
        var (one, two) = (Autograd.Gradients([Ours(learned).Sum()], learned), Autograd.Gradients([Ours(turned).Sum()], turned));
        foreach (var (first, second) in one.Zip(two))
            Assert.Equal(first!.ToArray<float>(), second!.ToArray<float>());
        AssertClose.Tensors(
            Autograd.Gradients([Functional.Linear(learned[0], learned[1], learned[2]).Sum()], learned)[1]!, one[1]!, new Tolerance(1e-4, 1e-4));
    }

    /// <summary>An input that depends on the weights counts once.</summary>
    [Fact]
    public void A_gradient_that_is_recorded_is_the_one_that_is_not()
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(8, 1024, 8);
        AssertClose.Tensors(Gradient(createGraph: false), Gradient(createGraph: true).Detach(), new Tolerance(1e-4, 1e-4));

        Tensor Gradient(bool createGraph) => Autograd.Gradients(
            [Ours([learned[1] * 2, learned[1], learned[2]]).Pow(2).Sum()], [learned[1]], createGraph: createGraph)[0]!;
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(8, 1024, 8);
        AssertClose.Tensors(Second(Functional.Linear(learned[0], learned[1], learned[2]), learned), Second(Ours(learned), learned), new Tolerance(1e-3, 1e-3));
    }

    [Fact]
    public void What_is_not_a_number_stays_where_it_belongs()
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(9, 1100, 8);
        learned[0].DangerousGetSpan<float>()[(4 * 1100) + 1099] = float.NaN;
        learned[0].DangerousGetSpan<float>()[(6 * 1100) + 3] = float.PositiveInfinity;
        var values = Ours(learned).Detach().ToArray<float>();
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(i / 8 == 4, float.IsNaN(values[i])));
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(i / 8 == 6, float.IsInfinity(values[i])));
        var gradients = Gradients(Ours(learned), learned);
        Assert.All(gradients[0].ToArray<float>(), value => Assert.True(float.IsFinite(value)));
        Assert.All(gradients[1].ToArray<float>().Index(), weight => Assert.Equal(weight.Index % 1100 is not (3 or 1099), float.IsFinite(weight.Item)));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        if (!Lanes16.AreFast)
            return;
        var learned = Learned(21, 5003, 32);
        var expected = Bits();
        var threads = TorchRuntime.Threads;
        try
        {
            foreach (var other in new[] { 1, 3 })
            {
                TorchRuntime.Threads = other;
                Assert.Equal(expected, Bits());
            }
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }

        float[] Bits()
        {
            var output = Ours(learned);
            return [.. output.Detach().ToArray<float>(), .. Gradients(output, learned).SelectMany(gradient => gradient.ToArray<float>())];
        }
    }

    private static Tensor Ours(Tensor[] inputs) => new NarrowLinearFunction().Apply(inputs)[0];

    private static Tensor[] Learned(int images, int inputs, int outputs)
    {
        Tensor[] all = [Random(1, images, inputs), Random(2, outputs, inputs) * (1 / Math.Sqrt(inputs)), Random(3, outputs)];
        return [.. all.Select(tensor => tensor.Detach().RequireGrad())];
    }

    private static Tensor[] Gradients(Tensor output, Tensor[] inputs) =>
        [.. Autograd.Gradients([output], inputs, [Random(99, output.Shape)], retainGraph: true).OfType<Tensor>()];

    private static Tensor Second(Tensor output, Tensor[] inputs)
    {
        var gradient = Autograd.Gradients([output.Pow(2).Sum()], [inputs[0]], createGraph: true)[0]!;
        return Autograd.Gradients([gradient.Pow(2).Sum()], [inputs[1]])[0]!;
    }

    private static Tensor Random(int seed, params long[] shape) => GradientCheck.Input(seed, shape).Detach().To(DType.Float32);
}
