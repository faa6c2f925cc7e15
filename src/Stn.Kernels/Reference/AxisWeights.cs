namespace Stn.Kernels.Reference;

/// <summary>The pixels of one axis that a kernel reads at a position; their weights and slopes lie beside it.</summary>
/// <param name="First">The first pixel, inside the image.</param>
/// <param name="Count">How many pixels; 0 if none inside is read.</param>
/// <param name="Outside">The share of the constant outside: 1 − Σ weights.</param>
/// <param name="OutsideSlope">Its derivative by the position.</param>
public readonly record struct AxisWeights<T>(int First, int Count, T Outside, T OutsideSlope);
