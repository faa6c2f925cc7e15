using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>The typed operators against central differences: proves the binding's arguments, and the checker itself.</summary>
public sealed class OperatorGradientTests : TensorTest
{
    private static Tensor X => GradientCheck.Input(1, 2, 3);

    private static Tensor Y => GradientCheck.Input(2, 2, 3);

    [Fact]
    public void Arithmetic()
    {
        GradientCheck.Second(i => (i[0] + i[1]) * i[0] - (i[1] / i[0].Exp()) + (i[0] * 2) - 1, [X, Y]);
        GradientCheck.Second(i => i[0].Tanh() - (-i[0]).Exp(), [X]);
        GradientCheck.Second(i => (i[0].Abs() + 1).Log() + (i[0].Pow(2) + 1).Sqrt(), [X]);
        GradientCheck.Second(i => i[0].Sin() * i[0].Cos(), [X]);
        GradientCheck.First(i => i[0].Relu() + i[0].Clamp(-0.5, 0.5), [X]);
        GradientCheck.First(i => (i[0] * i[0].Floor()) + (i[0] * i[0].Round()) + (i[0].Remainder(0.7) * i[0]), [X]);
        GradientCheck.First(i => i[0].MaskedFill(X.GreaterThan(0).Not(), -3) * i[0], [X]);
    }

    [Fact]
    public void Products()
    {
        GradientCheck.Second(i => i[0].MatMul(i[1].Transpose(0, 1)), [X, Y]);
        GradientCheck.Second(i => i[0].MatrixMultiply(i[1].Transpose(0, 1)), [X, Y]);
        GradientCheck.Second(i => Functional.Linear(i[0], i[1], i[2]), [X, Y, GradientCheck.Input(3, 2)]);
    }

    [Fact]
    public void Shapes()
    {
        GradientCheck.First(i => Tensor.Concatenate([i[0], i[1]], 1).Reshape(3, -1).Permute(1, 0), [X, Y]);
        GradientCheck.First(i => Tensor.Stack([i[0], i[1]], 1).Select(1, 0).Narrow(1, 1, 2), [X, Y]);
        GradientCheck.First(i => i[0].Unsqueeze(1).Expand(2, 4, 3).Contiguous().Flatten().Clone(), [X]);
        GradientCheck.First(i => i[0].Gather(1, Tensor.From([0L, 2, 2, 1], 2, 2)), [X]);
        GradientCheck.First(i => i[0].IndexSelect(1, Tensor.From([2L, 2, 0], 3)).Squeeze(0), [X]);
    }

    [Fact]
    public void Reductions()
    {
        GradientCheck.Second(i => i[0].Softmax(1) * i[0].LogSoftmax(0), [X]);
        GradientCheck.First(i => i[0].Sum([0]) + i[0].Mean([0], keep: true) + i[0].Mean() + i[0].Max() + i[0].Sum(), [X]);
        GradientCheck.Second(i => i[0].Norm(), [X]);
    }

    [Fact]
    public void Networks()
    {
        var image = GradientCheck.Input(4, 2, 2, 5, 5);
        var weight = GradientCheck.Input(5, 3, 2, 3, 3);
        GradientCheck.Second(i => Functional.Conv2d(i[0], i[1], i[2], 2, 1), [image, weight, GradientCheck.Input(6, 3)]);
        GradientCheck.First(i => Functional.MaxPool2d(i[0], 2, ceil: true) + Functional.AvgPool2d(i[0], 2, ceil: true), [image]);
        GradientCheck.Second(i => Functional.Conv2d(i[0], i[1], null, groups: 2), [image, GradientCheck.Input(7, 4, 1, 2, 2)]);
        GradientCheck.First(i => Functional.MaxPool2d(i[0], 3, stride: 2, padding: 1) + Functional.AvgPool2d(i[0], 3, stride: 2, padding: 1), [image]);
        GradientCheck.First(i => Functional.AdaptiveAvgPool2d(i[0], 2, 3), [image]);
        GradientCheck.Second(i => Functional.CrossEntropy(i[0], Tensor.From([2L, 0], 2)), [X]);
        GradientCheck.Second(i => Functional.CrossEntropy(i[0], Tensor.From([2L, 0], 2), smoothing: 0.3), [X]);
        GradientCheck.Second(i => Functional.MeanSquaredError(i[0], i[1]), [X, Y]);
        var theta = Tensor.From([0.7, 0.2, 0.1, -0.1, 0.8, -0.05], 1, 2, 3).Expand(2, 2, 3).Contiguous().RequireGrad();
        GradientCheck.First(
            i => Functional.GridSampler(i[0], Functional.AffineGrid(i[1], [2, 2, 4, 3], false), 0, 0, false), [image, theta]);
    }

    [Fact]
    public void Networks_of_volumes()
    {
        var volume = GradientCheck.Input(4, 2, 2, 3, 4, 5);
        GradientCheck.First(
            i => Functional.Conv3d(i[0], i[1], i[2], 2, 1), [volume, GradientCheck.Input(5, 3, 2, 2, 2, 2), GradientCheck.Input(6, 3)]);
        GradientCheck.First(i => Functional.MaxPool3d(i[0], 2, ceil: true) + Functional.AvgPool3d(i[0], 2, ceil: true), [volume]);
    }

    [Fact]
    public void A_wrong_gradient_is_caught()
    {
        var error = Record.Exception(() => GradientCheck.First(i => i[0] * i[0].Detach(), [X]));
        Assert.Contains("numbers differ; the worst at [", Assert.IsAssignableFrom<Xunit.Sdk.XunitException>(error).Message);
    }
}
