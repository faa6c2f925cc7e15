namespace Stn.Checks.Inputs;

/// <summary>Normalised coordinates that are no place, or one so far away that whole numbers overflow.</summary>
internal static class StrangeNumbers
{
    /// <summary>They, and two ordinary ones to stand beside them.</summary>
    internal static IReadOnlyList<double> All { get; } =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e38f, -1e38f, 3e9, -3e9, 1048576, -1048576, 40.125, -40.125, 0.1875, -0.8125,
    ];
}
