using Stn.Torch.Layers.Maximum;
using Stn.Torch.Layers.Means;

namespace Stn.Torch.Layers;

/// <summary>The largest of each window of size×size.</summary>
/// <param name="size">Rows and columns of the window.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
/// <param name="stride">Pixels between two windows; by default they lie side by side.</param>
/// <param name="padding">Rows and columns around the input that are never the largest; at most half of the window.</param>
public sealed class MaxPool2d(int size, bool ceil = false, int? stride = null, int padding = 0) : Module
{
    /// <summary>Whether its windows are 2×2, side by side.</summary>
    internal bool HalvesSize => size == 2 && (stride ?? size) == 2 && padding == 0;

    internal bool IsCeil => ceil;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        return MaximumFunction.Suits(input, size, ceil, stride ?? size, padding)
            ? new MaximumFunction(size, ceil, stride ?? size, padding).Apply(input)[0]
            : Functional.MaxPool2d(input, size, ceil, stride, padding);
    }
}

/// <summary>The mean of each window of size×size.</summary>
/// <param name="size">Rows and columns of the window.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
/// <param name="stride">Pixels between two windows; by default they lie side by side.</param>
/// <param name="padding">Rows and columns of zeros around the input, which count in the mean; at most half of the window.</param>
public sealed class AvgPool2d(int size, bool ceil = false, int? stride = null, int padding = 0) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        return size == 2 && (stride ?? size) == 2 && padding == 0 && !ceil && HalvingFunction.Suits(input)
            ? new HalvingFunction().Apply(input)[0]
            : Functional.AvgPool2d(input, size, ceil, stride, padding);
    }
}
