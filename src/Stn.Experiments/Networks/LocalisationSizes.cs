using Stn.Kernels;
using Stn.Localisation;

namespace Stn.Experiments.Networks;

/// <summary>The layers of <see cref="LocalisationNetwork"/> by size, for counting without making any.</summary>
internal static class LocalisationSizes
{
    private const int Units = 32;
    private const int Filters = 20;
    private const int Kernel = 5;

    /// <summary>Those of <see cref="LocalisationNetwork.FullyConnected(int, Plane, Transformations.Transformation, int, int)"/>.</summary>
    public static LayerSize[] FullyConnected(DigitImages images, int thetas) =>
        [new(images.Channels * (long)images.Canvas.Length, Units), new(Units, Units), new(Units, Units), new(Units, thetas)];

    /// <summary>Those of <see cref="LocalisationNetwork.Convolutional(int, Plane, Transformations.Transformation)"/>.</summary>
    public static LayerSize[] Convolutional(DigitImages images, int thetas)
    {
        var first = Shrunk(new Plane(images.Canvas.Height / 2, images.Canvas.Width / 2));
        var second = Shrunk(new Plane(first.Height / 2, first.Width / 2));
        return
        [
            new(images.Channels * Kernel * Kernel, Filters, first.Length),
            new(Filters * Kernel * Kernel, Filters, second.Length),
            new(Filters * (long)second.Length, Filters),
            new(Filters, thetas),
        ];
    }

    private static Plane Shrunk(Plane input) => new(input.Height - Kernel + 1, input.Width - Kernel + 1);
}
