using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>One way to find out whether a warp is right.</summary>
public abstract class WarpCheck
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<WarpCheck> All { get; } =
        [new AgainstScalar(), new AgainstFiniteDifferences(), new OfSecondOrder(), new AgainstLibtorch()];

    /// <summary>What the warp is compared with: <c>scalar</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it says something about a case and an input.</summary>
    /// <param name="one">The case.</param>
    /// <param name="shape">The input.</param>
    public abstract bool IsFor(WarpCase one, InputShape shape);

    /// <summary>Runs it. The tensors that it makes are freed with the scope around.</summary>
    /// <param name="one">The case.</param>
    /// <param name="pair">The case's warp to the input's target.</param>
    /// <param name="input">The input.</param>
    public abstract CheckResult Run(WarpCase one, WarpPair pair, CheckInput input);

    /// <summary>What names a result of this check.</summary>
    protected (string Case, string Group, string Check, string Input) Title(WarpCase one, CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(input);
        return (one.Name, one.Group, Name, input.Shape.Name);
    }

    /// <summary>The elements in C order as float64, of any type and layout.</summary>
    protected internal static double[] Numbers(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Detach().To(DType.Float64).ToArray<double>();
    }

    /// <summary>V, and the gradients of U and of θ or the grid; zeros where a gradient is absent.</summary>
    protected static (double[] Values, double[] Images, double[] Second) Compute(
        Func<Tensor, Tensor, Tensor> warp, CheckInput input, Tensor seed)
    {
        ArgumentNullException.ThrowIfNull(warp);
        ArgumentNullException.ThrowIfNull(input);
        var values = warp(input.Image, input.Second);
        var gradients = Autograd.Gradients([values], [input.Image, input.Second], [seed]);
        return (Numbers(values), OrZeros(gradients[0], input.Image), OrZeros(gradients[1], input.Second));

        static double[] OrZeros(Tensor? gradient, Tensor of) => gradient is null ? new double[of.ElementCount] : Numbers(gradient);
    }

    /// <summary>What the second input's gradient is called.</summary>
    protected static string SecondOf(WarpCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.HasGrid ? "∂grid" : "∂θ";
    }
}
