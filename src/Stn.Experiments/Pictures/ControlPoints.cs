using System.Text.Json.Serialization;
using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Experiments.Pictures;

/// <summary>What a file of control points says: where the points of a K×K lattice lie in the source, or pairs of points.</summary>
/// <param name="Side">K of the lattice.</param>
/// <param name="Points">K² points [x, y], normalised source positions of the lattice's points, row by row.</param>
/// <param name="Pairs">Points of the source and where they go, in pixels.</param>
/// <param name="Regulariser">λ of a thin-plate spline: 0 passes through the points, more bends less.</param>
public sealed record ControlPoints(
    int? Side = null, IReadOnlyList<double[]>? Points = null, IReadOnlyList<ControlPointPair>? Pairs = null, double Regulariser = 0)
{
    /// <summary>The thin-plate spline of a lattice or of pairs.</summary>
    /// <param name="source">The size of U, for pairs.</param>
    /// <param name="target">The size of V, for pairs.</param>
    /// <param name="align">Where ±1 lies, for pairs.</param>
    /// <exception cref="ArgumentException">The points do not say a spline; the message says why.</exception>
    public FamilyMember Spline(Plane source, Plane target, AlignCorners align) => this switch
    {
        { Side: { } side, Points: { } points, Pairs: null } => OfLattice(side, points, k => new ThinPlateSplineTransformation(k, Regulariser)),
        { Side: null, Points: null, Pairs: { } pairs } => OfPairs(pairs, source, target, align),
        _ => throw new ArgumentException("a spline has either \"side\" and \"points\" or \"pairs\""),
    };

    /// <summary>The piecewise-affine mesh of a lattice.</summary>
    /// <exception cref="ArgumentException">The points do not say a mesh; the message says why.</exception>
    public FamilyMember Mesh() => this switch
    {
        { Regulariser: not 0 } => throw new ArgumentException("a mesh has no \"regulariser\""),
        { Side: { } side, Points: { } points, Pairs: null } => OfLattice(side, points, k => new MeshTransformation(k)),
        _ => throw new ArgumentException("a mesh has \"side\" and \"points\", and no \"pairs\""),
    };

    private static FamilyMember OfLattice(int side, IReadOnlyList<double[]> points, Func<int, Transformation> family)
    {
        if (side < 2 || points.Count != (long)side * side)
            throw new ArgumentException($"a lattice of side {side} has {(long)side * side} points, side 2 or more; got {points.Count}");
        RequirePairsOfNumbers(points);
        return new FamilyMember(family(side), [.. points.Select(p => p[0]), .. points.Select(p => p[1])]);
    }

    private FamilyMember OfPairs(IReadOnlyList<ControlPointPair> pairs, Plane source, Plane target, AlignCorners align)
    {
        foreach (var (i, pair) in pairs.Index())
        {
            if (pair is null) // JSON may say so
                throw new ArgumentException($"pair {i} is missing");
        }

        RequirePairsOfNumbers(pairs.Select(p => p.From));
        RequirePairsOfNumbers(pairs.Select(p => p.To));
        var family = new PointSplineTransformation([.. pairs.Select(p => Normalised(p.To, target))], Regulariser);
        var from = pairs.Select(p => Normalised(p.From, source)).ToArray();
        return new FamilyMember(family, [.. from.Select(p => p.X), .. from.Select(p => p.Y)]);

        NormalizedPoint Normalised(double[] pixel, Plane plane) =>
            PixelMatrix.FromPixels(plane, align).Map(new NormalizedPoint(pixel[0], pixel[1]));
    }

    private static void RequirePairsOfNumbers(IEnumerable<double[]?> points)
    {
        foreach (var (i, point) in points.Index())
        {
            if (point is not [_, _])
                throw new ArgumentException($"point {i} must be [x, y], got {(point is null ? "nothing" : $"{point.Length} numbers")}");
        }
    }
}

/// <summary>A point of the source and the point of the target that it goes to, pixel positions [x, y], 0 at the centre of the first pixel.</summary>
/// <param name="From">In the source.</param>
/// <param name="To">In the target.</param>
public sealed record ControlPointPair([property: JsonRequired] double[] From, [property: JsonRequired] double[] To);
