namespace Stn.Transformations;

/// <summary>A point of a volume in normalised coordinates: [−1, 1] on each axis, x to the right, y down, z from slice to slice.</summary>
/// <param name="X">Column direction.</param>
/// <param name="Y">Row direction.</param>
/// <param name="Z">Slice direction.</param>
public readonly record struct NormalizedPoint3D(double X, double Y, double Z);
