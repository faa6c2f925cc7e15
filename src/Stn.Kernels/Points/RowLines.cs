namespace Stn.Kernels.Points;

/// <summary>
/// One coordinate of the points of a tile, where it is a line along each row: point i of row r lies at
/// <see cref="Slope"/>·(<see cref="First"/> + i) + (<see cref="Offset"/> + r·<see cref="Step"/>), in pixels of the source.
/// </summary>
/// <param name="Slope">Pixels a column.</param>
/// <param name="First">The first column, from the middle of the target.</param>
/// <param name="Offset">The first row's position at the middle column.</param>
/// <param name="Step">Pixels a row.</param>
internal readonly record struct RowLines<T>(T Slope, T First, double Offset, double Step);
