using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Gradients against central differences of the forward pass in float64: independent of the oracle's formulas.</summary>
public class FiniteDifferenceTests
{
    private const double Step = 1e-6;

    public static TheoryData<Kind, Interpolation, PaddingMode> Cases()
    {
        var cases = new TheoryData<Kind, Interpolation, PaddingMode>();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            foreach (var mode in Enum.GetValues<PaddingMode>())
            {
                cases.Add(kind, Interpolation.Linear, mode);
                if (kind is not (Kind.Affine3D or Kind.Grid3D))
                    cases.Add(kind, Interpolation.Cubic, mode);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_the_slopes_of_the_forward_pass(Kind kind, Interpolation interpolation, PaddingMode mode)
    {
        var (draws, depth) = (new Draws(7), kind is Kind.Affine3D or Kind.Grid3D ? 3 : 1);
        foreach (var align in Enum.GetValues<AlignCorners>())
        {
            var setting = new Setting(
                kind, 2, 2, new Volume(depth, 5, 7), new Volume(depth, 4, 5), new Sampling(interpolation, new Padding(mode, 0.5)), align);
            var c = draws.Case<double>(setting, strange: false);
            while (c.NearsHorizon)
                c = draws.Case<double>(setting, strange: false);
            var gradients = c.Backward();
            Check(c, c.Images, gradients.Images, "U");
            Check(c, c.Parameters, gradients.Parameters, "θ");
            Check(c, c.Basis, gradients.Basis, "B");
        }
    }

    // Σ ∂V·V changes by the gradient when one number changes.
    private static void Check(WarpCase<double> c, double[] numbers, double[] gradient, string what)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var value = numbers[i];
            numbers[i] = value + Step;
            var above = Loss(c);
            numbers[i] = value - Step;
            var below = Loss(c);
            numbers[i] = value;
            var slope = (above - below) / (2 * Step);
            Assert.True(Math.Abs(slope - gradient[i]) < 1e-5 * (1 + Math.Abs(slope)), $"∂{what}[{i}] is {gradient[i]}, the slope {slope}");
        }
    }

    private static double Loss(WarpCase<double> c) => c.Forward().Zip(c.GradientOutput, (v, g) => v * g).Sum();
}
