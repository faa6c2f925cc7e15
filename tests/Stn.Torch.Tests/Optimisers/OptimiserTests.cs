using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Optimisers;

public sealed class OptimiserTests : TensorTest
{
    private readonly Linear _linear;

    public OptimiserTests() => _linear = Own(new Linear(3, 2));

    [Fact]
    public void Groups_learn_at_their_own_fraction()
    {
        using var other = new Linear(3, 2);
        using var sgd = new Sgd([Group("slow", _linear, 0.1), Group("fast", other)]);
        var before = (_linear.Bias.Value.ToArray<float>(), other.Bias.Value.ToArray<float>());
        var x = Tensor.Ones([1, 3]);
        (_linear.Forward(x) + other.Forward(x)).Sum().Backward();
        sgd.Step(0.5);
        AssertClose.Values([.. before.Item1.Select(b => b - 0.05f)], _linear.Bias.Value.ToArray<float>());
        AssertClose.Values([.. before.Item2.Select(b => b - 0.5f)], other.Bias.Value.ToArray<float>());
    }

    [Fact]
    public void Frozen_parameters_and_those_without_a_gradient_stay()
    {
        using var other = new Linear(3, 2);
        other.Freeze();
        using var adam = new Adam([Group("a", _linear), Group("b", other)], weightDecay: 0.1, decoupled: true);
        var before = Bytes(_linear.State()).Concat(Bytes(other.State())).ToArray();
        other.Forward(Tensor.Ones([1, 3]));
        adam.Step(1);
        Assert.Equal(before, Bytes(_linear.State()).Concat(Bytes(other.State())));
        Assert.Equal(["mean.a.weight", "mean.a.bias", "square.a.weight", "square.a.bias", "step"], adam.State().Keys);
    }

    [Fact]
    public void Zeroing_forgets_all_gradients()
    {
        using var sgd = new Sgd([ParameterGroup.Of(_linear)]);
        _linear.Forward(Tensor.Ones([1, 3])).Sum().Backward();
        sgd.ZeroGrad();
        Assert.Null(_linear.Weight.Value.Grad);
    }

    [Fact]
    public void A_name_or_a_parameter_given_twice_is_refused()
    {
        using var other = new Linear(3, 2);
        Assert.Contains("weight", Assert.Throws<ArgumentException>(() => new Sgd([ParameterGroup.Of(_linear), ParameterGroup.Of(other)])).Message);
        Assert.Contains(
            "a.weight and b.weight are one parameter",
            Assert.Throws<ArgumentException>(() => new Sgd([Group("a", _linear), Group("b", _linear)])).Message);
    }

    [Fact]
    public void A_state_that_does_not_fit_changes_nothing_and_every_difference_is_listed()
    {
        using var adam = new Adam([ParameterGroup.Of(_linear)]);
        _linear.Forward(Tensor.Ones([1, 3])).Sum().Backward();
        adam.Step(0.1);
        var before = Bytes(adam.State());
        var state = adam.State();
        state["mean.weight"] = Tensor.Ones([2, 3]).ToHost();
        state["square.weight"] = Tensor.Ones([2, 4]).ToHost();
        state.Remove("square.bias");
        state.Add("velocity.bias", Tensor.Ones([2]).ToHost());
        var error = Assert.Throws<ArgumentException>(() => adam.Load(state));
        Assert.Contains("square.weight is (2, 4), expected (2, 3); square.bias is missing; velocity.bias is unexpected", error.Message);
        Assert.Equal(before, Bytes(adam.State()));
    }

    [Fact]
    public void Clipping_scales_all_gradients_to_a_common_norm()
    {
        SetGradients(3, 4);
        Assert.Equal(5, Gradients.ClipNorm(Parameters(), 1), 1e-6);
        AssertClose.Values([0.6f, 0, 0, 0, 0, 0, 0.8f, 0], [.. Parameters().SelectMany(p => p.Value.Grad!.ToArray<float>())]);
    }

    [Fact]
    public void Clipping_leaves_small_and_missing_gradients_alone()
    {
        Assert.Equal(0, Gradients.ClipNorm(Parameters(), 1));
        SetGradients(3, 4);
        Assert.Equal(5, Gradients.ClipNorm(Parameters(), 10), 1e-6);
        Assert.Equal(3, _linear.Weight.Value.Grad!.ToArray<float>()[0]);
        SetGradients(float.NaN, 4);
        Assert.Equal(double.NaN, Gradients.ClipNorm(Parameters(), 1));
        Assert.Equal(4, _linear.Bias.Value.Grad!.ToArray<float>()[0]);
    }

    [Fact]
    public void Clipping_takes_parameters_of_every_float_type()
    {
        using var parameter = new Parameter(Tensor.Zeros([2], DType.Float64));
        parameter.Value.Grad = Tensor.From([3.0, 4], 2);
        _linear.Bias.Value.Grad = Tensor.From([12f, 0], 2);
        Assert.Equal(13, Gradients.ClipNorm([parameter, _linear.Bias], 6.5), 1e-6);
        Assert.Equal([1.5, 2], parameter.Value.Grad!.ToArray<double>());
    }

    private static ParameterGroup Group(string name, Module module, double factor = 1) =>
        new(name, [.. module.Parameters().Select(p => ($"{name}.{p.Name}", p.Parameter))], factor);

    private static string[] Bytes(OrderedDictionary<string, HostTensor> state) => [.. state.Select(e => Convert.ToHexString(e.Value.Data))];

    private IEnumerable<Parameter> Parameters() => _linear.Parameters().Select(p => p.Parameter);

    private void SetGradients(float weight, float bias)
    {
        _linear.Weight.Value.Grad = Tensor.From([weight, 0, 0, 0, 0, 0], 2, 3);
        _linear.Bias.Value.Grad = Tensor.From([bias, 0], 2);
    }
}
