using Stn.Checks.Inputs;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>
/// How far two right computations may lie apart, and why. A coordinate carries a rounding error of a few units of its last place, so of
/// ε times how far the points reach in pixels; a value moves by that times the slope between two pixels, which is a few for images of
/// normal numbers. Gradients are sums of such values: each is compared relative to the largest of its kind.
/// </summary>
public static class Tolerances
{
    // What float64 is allowed beyond ε: splines are solved by two different eliminations.
    private const double Double = 1e-11;
    private const double UnitsOfCoordinates = 16;

    /// <summary>ε of a type: the distance from 1 to the next number.</summary>
    /// <param name="type">Float32 or Float64.</param>
    public static double UnitOf(DType type) => type == DType.Float32 ? 1.1920929e-7 : 2.220446e-16;

    /// <summary>Of V, for values of ordinary size.</summary>
    /// <param name="input">How far its points reach.</param>
    /// <param name="type">Of the tensors.</param>
    public static double Values(CheckInput input, DType type)
    {
        ArgumentNullException.ThrowIfNull(input);
        return (type == DType.Float32 ? UnitsOfCoordinates * UnitOf(type) : Double) * (4 + input.Reach);
    }

    /// <summary>Of ∂U: sums over the points that read a pixel.</summary>
    /// <inheritdoc cref="Values"/>
    public static double Images(CheckInput input, DType type) => 4 * Values(input, type);

    /// <summary>Of ∂θ and of the grid's gradient: sums of slopes over all points and channels, in pixels per normalised unit.</summary>
    /// <inheritdoc cref="Values"/>
    public static double Second(CheckInput input, DType type) => 20 * Values(input, type);

    /// <summary>Of central differences with a step of 10⁻⁶ in float64: 10⁻¹⁰ of rounding over the step, and the curvature.</summary>
    public const double Differences = 1e-5;

    /// <summary>Of central differences of gradients.</summary>
    public const double SecondDifferences = 1e-4;
}
