namespace Stn.Torch;

/// <summary>From .NET number types to <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>The <see cref="DType"/> of a .NET number type.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DType Of<T>()
        where T : unmanaged => default(T) switch
        {
            float => DType.Float32,
            double => DType.Float64,
            long => DType.Int64,
            int => DType.Int32,
            short => DType.Int16,
            sbyte => DType.Int8,
            byte => DType.UInt8,
            bool => DType.Bool,
            Half => DType.Float16,
            _ => throw new ArgumentException($"tensors do not hold {typeof(T).Name}"),
        };
}
