using Stn.Data.Pictures;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Experiments.Pictures;

/// <summary>Warps a picture: V = sample(U, T_θ(G)), all channels alike.</summary>
/// <param name="Transformation">T_θ, target to source, normalised.</param>
/// <param name="Target">The size of V.</param>
public sealed record PictureWarp(FamilyMember Transformation, Plane Target)
{
    /// <summary>Makes the sampler for a padding; bilinear by default.</summary>
    public Func<Padding, Sampler> Sampler { get; init; } = padding => new BilinearSampler(padding);

    /// <summary>What lies outside U; zeros by default.</summary>
    public PicturePadding Padding { get; init; }

    /// <summary>Where ±1 lies, in U and in V.</summary>
    public AlignCorners Align { get; init; }

    /// <summary>V from U.</summary>
    /// <param name="source">U.</param>
    /// <exception cref="ArgumentException">The target is not one of a picture.</exception>
    public Picture Apply(Picture source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var image = PictureTensors.ToTensor(Padding.Prepare(source));
        var read = Reader();
        if (image.Size(1) == 3 || Padding.Colour == Padding.Alpha)
            return PictureTensors.ToPicture(read(image, Padding.Colour));
        return PictureTensors.ToPicture(Tensor.Concatenate(
            [read(image.Narrow(1, 0, 3), Padding.Colour), read(image.Narrow(1, 3, 1), Padding.Alpha)], 1));
    }

    // A tabulated basis is K numbers a pixel, too many for a photograph: such families go through their grid, 2 numbers a pixel.
    private Func<Tensor, Padding, Tensor> Reader()
    {
        if (Transformation.Family is TabulatedTransformation)
        {
            var grid = Tensor.From(Grid(), 1, Target.Height, Target.Width, 2);
            return (image, padding) => Sampler(padding).Sample(image, grid, Align);
        }

        var theta = Transformation.ToTensor();
        return (image, padding) => Warp.Of(Transformation.Family, Sampler(padding)).Apply(image, theta, Target, Align);
    }

    // T_θ(G), (h, w, 2).
    private float[] Grid()
    {
        var grid = new float[2 * Target.Length];
        Parallel.For(0, Target.Height, row =>
        {
            var y = Coordinates.OfPixel<double>(row, Target.Height, Align);
            for (var column = 0; column < Target.Width; column++)
            {
                var source = Transformation.Map(new NormalizedPoint(Coordinates.OfPixel<double>(column, Target.Width, Align), y));
                var at = 2 * ((row * Target.Width) + column);
                (grid[at], grid[at + 1]) = ((float)source.X, (float)source.Y);
            }
        });
        return grid;
    }
}
