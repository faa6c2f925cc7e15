using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Checks.Cases;

/// <summary>An explicit grid, (N, h, w, 2) or (N, d, h, w, 3): its numbers are the normalised source points, x before y before z.</summary>
internal sealed class GridSource(Volume target, AlignCorners align, int dimensions, DType type) : SourcePoints(target, align, dimensions)
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [.. Regular(target, align, dimensions)];

    /// <inheritdoc/>
    public override long[] Shape(long count) => Dimensions == 3
        ? [count, Target.Depth, Target.Height, Target.Width, 3]
        : [count, Target.Height, Target.Width, 2];

    // In the type of the tensors: the position of a number that float32 holds is exact to the last bit.
    /// <inheritdoc/>
    public override SourcePlace Locate(ReadOnlySpan<double> own, int point, Volume source)
    {
        var at = own.Slice(point * Dimensions, Dimensions);
        return new SourcePlace(
            Along(at[0], source.Width), Along(at[1], source.Height), Dimensions == 3 ? Along(at[2], source.Depth) : 0, type == DType.Float32);
    }

    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<double> own, int point, (double X, double Y, double Z) amount, Span<double> gradient)
    {
        var at = gradient.Slice(point * Dimensions, Dimensions);
        (at[0], at[1]) = (at[0] + amount.X, at[1] + amount.Y);
        if (Dimensions == 3)
            at[2] += amount.Z;
    }

    private double Along(double normalised, int size) => type == DType.Float32
        ? Coordinates.ToPixel((float)normalised, size, Align)
        : Coordinates.ToPixel(normalised, size, Align);

    private static IEnumerable<double> Regular(Volume target, AlignCorners align, int dimensions)
    {
        for (var point = 0; point < target.Length; point++)
        {
            yield return Coordinates.OfPixel<double>(point % target.Width, target.Width, align);
            yield return Coordinates.OfPixel<double>(point / target.Width % target.Height, target.Height, align);
            if (dimensions == 3)
                yield return Coordinates.OfPixel<double>(point / target.Width / target.Height, target.Depth, align);
        }
    }
}
