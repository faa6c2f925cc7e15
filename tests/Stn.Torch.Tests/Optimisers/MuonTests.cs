using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Optimisers;

public sealed class MuonTests : TensorTest
{
    // U·S·Vᵀ with two rotations: what the iteration does to the matrix, its quintic does to each singular value alone.
    [Theory]
    [InlineData(3, 0.5, 2, 2)]
    [InlineData(1e-6, 1e-7, 2, 3)]
    [InlineData(40, -7, 5, 2)]
    [InlineData(1, 0, 4, 4)]
    public void A_matrix_becomes_what_the_quintic_makes_of_its_singular_values(double first, double second, int rows, int columns)
    {
        var norm = Math.Sqrt((first * first) + (second * second)) + 1e-7;
        var result = Muon.Orthogonalise(Matrix(first, second, rows, columns));
        AssertClose.Values(
            Matrix(Quintic(first / norm), Quintic(second / norm), rows, columns).ToArray<double>(), result.ToArray<double>(), new Tolerance(1e-9, 1e-9));
    }

    [Fact]
    public void All_singular_values_of_a_step_are_about_one()
    {
        TorchRuntime.Seed(3);
        var step = Muon.Orthogonalise(Tensor.RandomNormal([6, 50], DType.Float64)).ToArray<double>();
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, 50).Sum(k => step[(i * 50) + k] * step[(j * 50) + k]), 0.6);
        }
    }

    [Fact]
    public void What_is_no_matrix_is_refused() =>
        Assert.Contains("got shape (2, 3, 4)", Assert.Throws<ArgumentException>(() => Muon.Orthogonalise(Tensor.Zeros([2, 3, 4]))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    public void No_gradient_is_no_step(int rows, int columns) =>
        Assert.All(Muon.Orthogonalise(Tensor.Zeros([rows, columns])).ToArray<float>(), value => Assert.Equal(0, value));

    [Fact]
    public void Hidden_layers_take_the_rule_and_outputs_and_biases_take_AdamW()
    {
        using var conv = new Conv2d(3, 4, 2);
        using var linear = new Linear(3, 2);
        using var twin = new Linear(3, 2);
        twin.Load(linear.State());
        var before = conv.Weight.Value.ToArray<float>();
        var gradients = new[] { Tensor.RandomNormal([4, 3, 2, 2]), Tensor.RandomNormal([4, 3, 2, 2]) };
        using var muon = new Muon([Group("conv", conv), Group("linear", linear)], new HashSet<string> { "linear.weight" }, momentum: 0.9, weightDecay: 0.1);
        using var adam = new Adam([Group("linear", twin)], weightDecay: 0.1, decoupled: true);
        foreach (var gradient in gradients)
        {
            conv.Weight.Value.Grad = gradient;
            (linear.Weight.Value.Grad, twin.Weight.Value.Grad) = (Tensor.Ones([2, 3]), Tensor.Ones([2, 3]));
            muon.Step(0.01);
            adam.Step(0.01);
        }

        Assert.Equal(twin.Weight.Value.ToArray<float>(), linear.Weight.Value.ToArray<float>());
        AssertClose.Values(ByHand(before, [.. gradients.Select(g => g.ToArray<float>())]), conv.Weight.Value.ToArray<float>(), new Tolerance(1e-6, 1e-6));
    }

    [Fact]
    public void A_run_that_goes_on_from_its_state_ends_the_same()
    {
        using var whole = new Conv2d(2, 3, 3);
        using var cut = new Conv2d(2, 3, 3);
        cut.Load(whole.State());
        using var one = new Muon([ParameterGroup.Of(whole)], new HashSet<string>());
        Train(whole, one, 0, 4);
        using (var first = new Muon([ParameterGroup.Of(cut)], new HashSet<string>()))
        {
            Train(cut, first, 0, 2);
            using var second = new Muon([ParameterGroup.Of(cut)], new HashSet<string>());
            second.Load(first.State());
            Train(cut, second, 2, 4);
        }

        Assert.Equal(whole.Weight.Value.ToArray<float>(), cut.Weight.Value.ToArray<float>());
    }

    private static void Train(Conv2d conv, Muon muon, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            muon.ZeroGrad();
            conv.Forward(Tensor.Ones([1, 2, 5, 5]) * (step + 1)).Pow(2).Sum().Backward();
            muon.Step(0.01);
        }
    }

    private static float[] ByHand(float[] kernel, float[][] gradients)
    {
        var mean = new float[kernel.Length];
        foreach (var gradient in gradients)
        {
            mean = [.. mean.Zip(gradient, (m, g) => (0.9f * m) + (0.1f * g))];
            var ahead = mean.Zip(gradient, (m, g) => (0.9f * m) + (0.1f * g)).ToArray();
            var turned = Muon.Orthogonalise(Tensor.From(ahead, 4, 12)).ToArray<float>();
            kernel = [.. kernel.Zip(turned, (p, u) => (p * (1 - (0.01f * 0.1f))) - (0.01f * 0.2f * MathF.Sqrt(12) * u))];
        }

        return kernel;
    }

    private static double Quintic(double value) =>
        Enumerable.Range(0, 5).Aggregate(value, (x, _) => (3.4445 * x) - (4.7750 * Math.Pow(x, 3)) + (2.0315 * Math.Pow(x, 5)));

    private static Tensor Matrix(double first, double second, int rows, int columns)
    {
        var (u, v) = (Rotation(0.3), Rotation(-1.1));
        var values = new double[rows * columns];
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++)
                values[(i * columns) + j] = (u[i, 0] * first * v[j, 0]) + (u[i, 1] * second * v[j, 1]);
        }

        return Tensor.From(values, rows, columns);
    }

    private static double[,] Rotation(double angle) => new[,] { { Math.Cos(angle), -Math.Sin(angle) }, { Math.Sin(angle), Math.Cos(angle) } };

    private static ParameterGroup Group(string name, Module module) =>
        new(name, [.. module.Parameters().Select(p => ($"{name}.{p.Name}", p.Parameter))]);
}
