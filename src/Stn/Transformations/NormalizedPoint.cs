namespace Stn.Transformations;

/// <summary>A point in normalised coordinates: [−1, 1] on each axis, x to the right, y down.</summary>
/// <param name="X">Column direction.</param>
/// <param name="Y">Row direction.</param>
public readonly record struct NormalizedPoint(double X, double Y);
