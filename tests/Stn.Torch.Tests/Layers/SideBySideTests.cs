using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Layers;

/// <summary>Modules at once, a thread each, against one after the other.</summary>
public sealed class SideBySideTests : TensorTest
{
    private readonly int _threads = TorchRuntime.Threads;

    public SideBySideTests() => TorchRuntime.Threads = 2;

    protected override void Dispose(bool disposing)
    {
        TorchRuntime.Threads = _threads;
        base.Dispose(disposing);
    }

    [Fact]
    public void Outputs_and_gradients_are_those_of_one_after_the_other()
    {
        Module[] modules = [.. Enumerable.Range(0, 3).Select(_ => Own(Network()))];
        Tensor[] inputs = [.. modules.Select((_, i) => Tensor.RandomNormal([4, 3, 15, 17]).RequireGrad(i != 1))];
        var actual = SideBySide.Forward(modules, inputs, Pass.Training);
        Tensor[] expected = [.. modules.Select((module, i) => module.Forward(inputs[i], Pass.Training))];
        foreach (var (one, other) in expected.Zip(actual))
            AssertClose.Tensors(one.Detach(), other.Detach(), new Tolerance(1e-5, 1e-5));
        Tensor[] learned = [inputs[0], inputs[2], .. modules.SelectMany(m => m.Parameters()).Where(p => p.Parameter.IsLearned).Select(p => p.Parameter.Value)];
        foreach (var (one, other) in Gradients(expected, learned).Zip(Gradients(actual, learned)))
            AssertClose.Tensors(one!, other!, new Tolerance(1e-4, 1e-4));
    }

    [Fact]
    public void Nothing_is_recorded_where_nothing_is_asked_for()
    {
        Module[] modules = [Own(Network()), Own(Network())];
        Tensor[] inputs = [Tensor.RandomNormal([2, 3, 9, 9]), Tensor.RandomNormal([2, 3, 9, 9])];
        using var recording = new NoGrad();
        var outputs = SideBySide.Forward(modules, inputs, Pass.Inference);
        Assert.All(outputs, output => Assert.False(output.RequiresGrad));
        foreach (var (output, i) in outputs.Select((output, i) => (output, i)))
            AssertClose.Tensors(modules[i].Forward(inputs[i], Pass.Inference), output, new Tolerance(1e-5, 1e-5));
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        Module[] modules = [Own(new Conv2d(2, 3, 3)), Own(new Conv2d(2, 3, 3))];
        Tensor[] inputs = [Tensor.RandomNormal([2, 2, 6, 6]).RequireGrad(), Tensor.RandomNormal([2, 2, 6, 6]).RequireGrad()];
        Tensor Second(Tensor[] outputs) => Autograd.Gradients(
            [Autograd.Gradients([(outputs[0].Pow(3) + outputs[1].Pow(3)).Sum()], [inputs[0]], createGraph: true)[0]!.Pow(2).Sum()], [inputs[0]])[0]!;
        AssertClose.Tensors(
            Second([.. modules.Select((module, i) => module.Forward(inputs[i], Pass.Training))]),
            Second(SideBySide.Forward(modules, inputs, Pass.Training)), new Tolerance(1e-3, 1e-3));
    }

    [Fact]
    public void An_error_of_one_of_them_comes_out()
    {
        Module[] modules = [Own(Network()), Own(Network())];
        Assert.ThrowsAny<Exception>(() => SideBySide.Forward(modules, [Tensor.Zeros([1, 3, 9, 9]), Tensor.Zeros([1, 2, 9, 9])], Pass.Training));
        Assert.Throws<ArgumentException>(() => SideBySide.Forward(modules, [Tensor.Zeros([1, 3, 9, 9])], Pass.Training));
    }

    [Fact]
    public void Modules_with_dropout_draw_in_their_order()
    {
        Module[] modules = [Own(new Sequential(new Dropout(0.5))), Own(new Sequential(new Dropout(0.5)))];
        Tensor[] inputs = [Tensor.Ones([1, 1, 20, 20]), Tensor.Ones([1, 1, 20, 20])];
        TorchRuntime.Seed(5);
        var expected = modules.Select((module, i) => module.Forward(inputs[i], Pass.Training).ToArray<float>()).ToArray();
        TorchRuntime.Seed(5);
        Assert.Equal(expected, SideBySide.Forward(modules, inputs, Pass.Training).Select(output => output.ToArray<float>()));
    }

    private static Tensor?[] Gradients(Tensor[] outputs, Tensor[] learned) =>
        Autograd.Gradients([outputs.Select((output, i) => (output * (i + 1.0)).Pow(2).Sum()).Aggregate((a, b) => a + b)], learned);

    private static Sequential Network() => new(new Conv2d(3, 8, 3, bias: false), new BatchNorm2d(8), new Relu(), new MaxPool2d(2), new Conv2d(8, 4, 3, padding: 1));
}
