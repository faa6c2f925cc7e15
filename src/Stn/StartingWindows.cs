namespace Stn;

/// <summary>Where parallel transformers start, so that together they see the whole input and none is like another.</summary>
public static class StartingWindows
{
    /// <summary>
    /// The centres of <paramref name="count"/> square windows of <paramref name="scale"/> times the input's size that tile it as
    /// well as they can: in rows of equal length where the number allows it, from edge to edge.
    /// </summary>
    /// <param name="count">At least 1; 4 gives the quarters' corners, 2 the left and the right edge.</param>
    /// <param name="scale">A window's side over the input's, in (0, 1].</param>
    /// <returns>Normalised centres, row by row: the t_x and t_y of an attention transformation of that scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static IReadOnlyList<(double X, double Y)> Tiles(int count, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 1);
        var rows = Enumerable.Range(1, count).Last(rows => count % rows == 0 && rows * rows <= count);
        var columns = count / rows;
        return [.. Enumerable.Range(0, count).Select(i => (Place(i % columns, columns, scale), Place(i / columns, rows, scale)))];
    }

    // The windows at both ends touch the edges, the others lie evenly between them; one alone lies in the middle.
    private static double Place(int index, int count, double scale) => count == 1 ? 0 : (1 - scale) * ((2.0 * index / (count - 1)) - 1);
}
