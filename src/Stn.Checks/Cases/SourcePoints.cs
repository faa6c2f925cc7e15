using Stn.Checks.Scalar;
using Stn.Kernels;

namespace Stn.Checks.Cases;

/// <summary>
/// Where the points of a target lie in the source, in plain numbers: the scalar form of a transformation, or a grid as it stands.
/// "Own" numbers are those of one image: its θ, or its points of the grid.
/// </summary>
/// <param name="target">d, h and w.</param>
/// <param name="align">Where ±1 lies.</param>
/// <param name="dimensions">2 for images, 3 for volumes.</param>
public abstract class SourcePoints(Volume target, AlignCorners align, int dimensions)
{
    /// <summary>2 for images, 3 for volumes.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>d, h and w; an image has one slice.</summary>
    public Volume Target { get; } = target;

    /// <summary>Where ±1 lies.</summary>
    public AlignCorners Align { get; } = align;

    /// <summary>Whether <see cref="LocateAll"/> finds the local scales too; images only.</summary>
    public bool HasScales { get; init; }

    /// <summary>The own numbers under which nothing moves.</summary>
    public abstract IReadOnlyList<double> Identity { get; }

    /// <summary>The shape of the second input of a batch.</summary>
    /// <param name="count">N.</param>
    public abstract long[] Shape(long count);

    /// <summary>The source point of a target point, in pixels.</summary>
    /// <param name="own">The own numbers.</param>
    /// <param name="point">The index of the target point, row by row.</param>
    /// <param name="source">D, H and W.</param>
    public abstract SourcePlace Locate(ReadOnlySpan<double> own, int point, Volume source);

    /// <summary>The source points of all target points of one image, row by row, with their local scales if these are asked for.</summary>
    /// <param name="own">The own numbers.</param>
    /// <param name="source">D, H and W.</param>
    public SourcePlace[] LocateAll(ReadOnlySpan<double> own, Volume source)
    {
        var places = new SourcePlace[Target.Length];
        for (var point = 0; point < places.Length; point++)
            places[point] = Locate(own, point, source);
        return HasScales ? LocalScales.On(places, Images.PlaneOf(Target)) : places;
    }

    /// <summary>Adds the gradient of the own numbers by one point.</summary>
    /// <param name="own">The own numbers.</param>
    /// <param name="point">The index of the target point.</param>
    /// <param name="amount">The gradient of its normalised source coordinates x, y and z.</param>
    /// <param name="gradient">As many numbers as <paramref name="own"/>.</param>
    public abstract void AddGradient(ReadOnlySpan<double> own, int point, (double X, double Y, double Z) amount, Span<double> gradient);

    /// <summary>Whether places move along an axis at all: not along z in images, nor along an axis of one pixel with aligned corners.</summary>
    /// <param name="axis">0 for x, 1 for y, 2 for z.</param>
    /// <param name="source">D, H and W.</param>
    public bool Moves(int axis, Volume source) => axis < Dimensions && PixelsPerUnit(Folded.SizeOf(source, axis)) > 0;

    /// <summary>Pixels per unit of a normalised coordinate.</summary>
    /// <param name="size">The pixels of the axis.</param>
    public double PixelsPerUnit(int size) => (Align == AlignCorners.True ? size - 1 : size) / 2.0;
}
