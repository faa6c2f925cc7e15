using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>
/// The paper's equation (3) with a kernel of your own: V = Σ_n Σ_m U_nm·k(xˢ − m; Φ_x)·k(yˢ − n; Φ_y). You say how far k reaches and
/// what it weighs; gradients to U, to the grid, to θ and to Φ follow from the operators in <see cref="Weight"/>.
/// </summary>
/// <example>
/// <code>
/// public sealed class Gaussian(Parameter width) : KernelSampler(support: 3)
/// {
///     public override string Name => "gaussian";
///     public override IReadOnlyList&lt;(string Name, Parameter Parameter)> OwnParameters => [("width", width)];
///     protected override Tensor Weight(Tensor distance, ImageAxis axis) => (-(distance / width.Value).Pow(2)).Exp();
/// }
/// </code>
/// </example>
/// <param name="support">k(d) counts for |d| &lt; support, in pixels: 2·support taps along each axis.</param>
/// <param name="padding">What lies outside U; each tap is padded by itself.</param>
public abstract class KernelSampler(int support, Padding padding = default) : Sampler
{
    /// <summary>How far the kernel reaches, in pixels.</summary>
    public int Support { get; } = support >= 1
        ? support
        : throw new ArgumentOutOfRangeException(nameof(support), support, "a kernel reaches at least one pixel");

    /// <summary>What lies outside U.</summary>
    public Padding Padding { get; } = padding;

    /// <summary>k(d; Φ), element by element, in differentiable operators.</summary>
    /// <param name="distance">xˢ − m or yˢ − n in pixels, shape (N, h, w); in volumes (N, d, h, w), and zˢ − l.</param>
    /// <param name="axis">Which of them, for kernels with a Φ for each.</param>
    /// <returns>The same shape.</returns>
    protected abstract Tensor Weight(Tensor distance, ImageAxis axis);

    /// <summary>k(d; Φ) in plain numbers: what the checks compare the sums with.</summary>
    internal double WeightAt(double distance, ImageAxis axis)
    {
        using var scope = new TensorScope();
        return Weight(Tensor.From([distance], 1, 1, 1), axis).To(DType.Float64).Item<double>();
    }

    /// <inheritdoc/>
    protected sealed override Tensor Read(Tensor image, Tensor grid, AlignCorners align) =>
        RecordedSampling.Sample(image, grid, RecordedTaps.Of(Support, Weight), Padding, align);
}
