using Stn.Kernels;

namespace Stn.Experiments.Networks;

/// <summary>What a digit network looks at and tells apart.</summary>
/// <param name="Canvas">The images' size: 28×28, 42×42 or 60×60 in the paper.</param>
/// <param name="Channels">C of the images.</param>
/// <param name="Classes">The number of logits.</param>
public sealed record DigitImages(Plane Canvas, int Channels = 1, int Classes = 10)
{
    private const int DigitSide = 28;

    /// <summary>Whether the paper pools what a transformer made of the image by 2: where the canvas is larger than a digit.</summary>
    public bool Pools => Math.Max(Canvas.Height, Canvas.Width) > DigitSide;

    /// <summary>The size of what a classifier behind a transformer sees: 42×42 becomes 21×21, 60×60 becomes 30×30.</summary>
    public Plane Pooled => Pools ? new Plane(Canvas.Height / 2, Canvas.Width / 2) : Canvas;

    /// <summary>The parameters that a data set grants to each of its networks: those of the CNN with 64 + 64 filters.</summary>
    public long Budget => DigitClassifiers.CnnSizes(Channels, Canvas, Classes, 64, 64).Sum(layer => layer.Parameters);
}
