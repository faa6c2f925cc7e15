using Stn.Transformations;

namespace Stn.Experiments.Networks;

/// <summary>The eight kinds of network of the paper's table 1, and other readings of the plain ones.</summary>
public static class DigitNetworks
{
    /// <summary>All, in the order of table 1; the other readings of the plain networks follow their own kind.</summary>
    public static IReadOnlyList<DigitNetworkKind> Kinds { get; } =
    [
        new("fcn", "FCN", false, ClassifierInput.PooledImage),
        new("fcn-canvas", null, false, ClassifierInput.Image),
        new("cnn", "CNN", true, ClassifierInput.Image),
        new("cnn-pooled", null, true, ClassifierInput.PooledImage),
        new("st-fcn-aff", "ST-FCN Aff", false, ClassifierInput.Transformed, () => new AffineTransformation()),
        new("st-fcn-proj", "ST-FCN Proj", false, ClassifierInput.Transformed, () => new ProjectiveTransformation()),
        new("st-fcn-tps", "ST-FCN TPS", false, ClassifierInput.Transformed, () => new ThinPlateSplineTransformation()),
        new("st-cnn-aff", "ST-CNN Aff", true, ClassifierInput.Transformed, () => new AffineTransformation()),
        new("st-cnn-proj", "ST-CNN Proj", true, ClassifierInput.Transformed, () => new ProjectiveTransformation()),
        new("st-cnn-tps", "ST-CNN TPS", true, ClassifierInput.Transformed, () => new ThinPlateSplineTransformation()),
    ];

    /// <summary>The kind of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the text lists what there is.</exception>
    public static DigitNetworkKind Find(string name) =>
        Kinds.FirstOrDefault(kind => kind.Name == name)
        ?? throw new ArgumentException($"there is no network '{name}'; there are {string.Join(", ", Kinds.Select(kind => kind.Name))}", nameof(name));

    /// <summary>
    /// The network of a kind for a data set, as wide as comes nearest to a number of parameters. Hidden layers, or the two convolutions, are
    /// equally wide. <c>cnn-pooled</c> has the width that it has behind the affine transformer.
    /// </summary>
    /// <param name="name">Its name: <c>st-cnn-aff</c>.</param>
    /// <param name="images">The data set's images.</param>
    /// <param name="budget">The number of parameters; that of the CNN with 64 + 64 filters by default.</param>
    /// <exception cref="ArgumentException">
    /// There is no such kind, the budget is too small for it, or it is another reading of a network, of images that are never pooled.
    /// </exception>
    public static DigitNetwork Of(string name, DigitImages images, long? budget = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var kind = Find(name);
        if (!kind.IsFor(images))
        {
            throw new ArgumentException(
                $"there is {name} where images are pooled, but images of {images.Canvas.Height}×{images.Canvas.Width} are not pooled", nameof(name));
        }

        var solved = kind is { IsAnotherReading: true, IsConvolutional: true } ? Find("st-cnn-aff") : kind;
        return WithBudget(solved, images, budget ?? images.Budget) with { Kind = kind };
    }

    /// <summary>The network of a kind, of the table or not, as wide as comes nearest to a number of parameters.</summary>
    /// <exception cref="ArgumentException">The budget is too small for it.</exception>
    public static DigitNetwork WithBudget(DigitNetworkKind kind, DigitImages images, long budget)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(images);
        return new DigitNetwork(kind, images, Width(kind, images, budget));
    }

    private static int Width(DigitNetworkKind kind, DigitImages images, long budget)
    {
        long Count(int width) => new DigitNetwork(kind, images, width).ParameterCount;
        if (Count(1) > budget)
            throw new ArgumentException($"{kind.Name} has {Count(1)} parameters or more; a budget of {budget} is too small", nameof(budget));

        var width = 1;
        while (Count(width + 1) <= budget)
            width++;
        return Count(width + 1) - budget < budget - Count(width) ? width + 1 : width;
    }
}
