namespace Stn.Torch.Layers;

/// <summary>The largest of each window of size×size, windows side by side.</summary>
/// <param name="size">Window and stride.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
public sealed class MaxPool2d(int size, bool ceil = false) : Module
{
    internal int Window => size;

    internal bool IsCeil => ceil;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => Functional.MaxPool2d(input, size, ceil);
}

/// <summary>The mean of each window of size×size, windows side by side.</summary>
/// <param name="size">Window and stride.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
public sealed class AvgPool2d(int size, bool ceil = false) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => Functional.AvgPool2d(input, size, ceil);
}
