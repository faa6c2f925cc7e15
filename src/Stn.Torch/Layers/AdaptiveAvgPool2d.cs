namespace Stn.Torch.Layers;

/// <summary>The mean of each of height×width windows that together cover the input, whatever its size.</summary>
/// <param name="height">Rows of the output.</param>
/// <param name="width">Columns of the output.</param>
public sealed class AdaptiveAvgPool2d(int height, int width) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => Functional.AdaptiveAvgPool2d(input, height, width);
}
