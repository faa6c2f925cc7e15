namespace Stn.Torch;

/// <summary>
/// A named block of numbers outside libtorch: what the file formats read and write. Little endian, C order.
/// </summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The size of each dimension, outermost first; empty for a scalar.</param>
/// <param name="Data">The elements' bytes: the product of <paramref name="Shape"/> times the element's size.</param>
public sealed record HostTensor(DType Type, long[] Shape, byte[] Data);
