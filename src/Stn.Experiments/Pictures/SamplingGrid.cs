using System.Numerics;
using Stn.Kernels;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Pictures;

/// <summary>T_θ(G) as lines and points to draw over U: where the target's pixels read.</summary>
/// <remarks>
/// Convention: everything it returns is in the source's pixels as <see cref="Data.Pictures.Canvas"/> counts them, (0, 0) the upper left
/// corner of the first pixel and (0.5, 0.5) its centre. Points that have no place are not finite.
/// </remarks>
/// <param name="Transformation">T_θ.</param>
/// <param name="Source">The size of U.</param>
/// <param name="Target">The size of V, whose pixels are the regular grid G.</param>
/// <param name="Align">Where ±1 lies.</param>
public sealed record SamplingGrid(FamilyMember Transformation, Plane Source, Plane Target, AlignCorners Align = AlignCorners.False)
{
    private const int PiecesOfLine = 64;

    /// <summary>The rows and the columns of G that are drawn: every <paramref name="step"/>-th, and the last.</summary>
    /// <param name="step">1 draws all.</param>
    public IEnumerable<Vector2[]> Lines(int step)
    {
        foreach (var row in Every(step, Target.Height))
            yield return Along(Place(0, row), Place(Target.Width - 1, row));
        foreach (var column in Every(step, Target.Width))
            yield return Along(Place(column, 0), Place(column, Target.Height - 1));
    }

    /// <summary>The points where those lines cross.</summary>
    /// <param name="step">1 gives all of G.</param>
    public IEnumerable<Vector2> Points(int step) =>
        from row in Every(step, Target.Height)
        from column in Every(step, Target.Width)
        select SourceOf(Place(column, row));

    /// <summary>The target's border, ±1, seen in the source: the region that V shows.</summary>
    public Vector2[] Outline()
    {
        NormalizedPoint[] corners = [new(-1, -1), new(1, -1), new(1, 1), new(-1, 1)];
        return [.. corners.Select((from, i) => Along(from, corners[(i + 1) % 4])).SelectMany(side => side[..^1])];
    }

    /// <summary>The point of U that a target point reads.</summary>
    public Vector2 SourceOf(NormalizedPoint target)
    {
        var source = Transformation.Map(target);
        return new Vector2(
            (float)(Coordinates.ToPixel(source.X, Source.Width, Align) + 0.5),
            (float)(Coordinates.ToPixel(source.Y, Source.Height, Align) + 0.5));
    }

    private Vector2[] Along(NormalizedPoint from, NormalizedPoint to) =>
    [
        .. Enumerable.Range(0, PiecesOfLine + 1).Select(i => (double)i / PiecesOfLine).Select(part =>
            SourceOf(new NormalizedPoint(from.X + (part * (to.X - from.X)), from.Y + (part * (to.Y - from.Y))))),
    ];

    private NormalizedPoint Place(int column, int row) => new(
        Coordinates.OfPixel<double>(column, Target.Width, Align), Coordinates.OfPixel<double>(row, Target.Height, Align));

    private static IEnumerable<int> Every(int step, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        for (var i = 0; i < size - 1; i += step)
            yield return i;
        yield return size - 1;
    }
}
