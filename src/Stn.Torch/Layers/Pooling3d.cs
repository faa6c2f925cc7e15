namespace Stn.Torch.Layers;

/// <summary>The largest of each window of size×size×size of volumes, windows side by side.</summary>
/// <param name="size">Window and stride.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
public sealed class MaxPool3d(int size, bool ceil = false) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => Functional.MaxPool3d(input, size, ceil);
}

/// <summary>The mean of each window of size×size×size of volumes, windows side by side.</summary>
/// <param name="size">Window and stride.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
public sealed class AvgPool3d(int size, bool ceil = false) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => Functional.AvgPool3d(input, size, ceil);
}
