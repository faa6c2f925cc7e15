using Stn.Transformations;

namespace Stn.Experiments.Networks;

/// <summary>What stands in front of a classifier.</summary>
public enum ClassifierInput
{
    /// <summary>The image itself.</summary>
    Image,

    /// <summary>The image, pooled by 2 where <see cref="DigitImages.Pools"/>, as it is behind a transformer.</summary>
    PooledImage,

    /// <summary>A spatial transformer, pooled by 2 where <see cref="DigitImages.Pools"/>.</summary>
    Transformed,
}

/// <summary>A kind of network of the paper's table 1.</summary>
/// <param name="Name">The second half of an experiment's name: <c>st-cnn-aff</c>.</param>
/// <param name="PaperRow">The row of table 1; null for another reading of a plain network, pooled or not.</param>
/// <param name="IsConvolutional">CNN and ST-CNN, or FCN and ST-FCN.</param>
/// <param name="Input">What the classifier sees.</param>
/// <param name="Transformation">Makes the family of T_θ; null without a transformer.</param>
/// <param name="Transformers">
/// How many transformers stand side by side, each with a localisation network of its own; the classifier sees their outputs along the channels.
/// </param>
public sealed record DigitNetworkKind(
    string Name, string? PaperRow, bool IsConvolutional, ClassifierInput Input, Func<Transformation>? Transformation = null, int Transformers = 1)
{
    /// <summary>Whether it stands beside a network of the table because the paper does not say whether that one pools.</summary>
    public bool IsAnotherReading => PaperRow is null;

    /// <summary>Whether there is such a network for these images.</summary>
    public bool IsFor(DigitImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return !IsAnotherReading || images.Pools;
    }
}
