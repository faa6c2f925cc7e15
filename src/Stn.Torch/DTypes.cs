namespace Stn.Torch;

/// <summary>What belongs to a <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>The bytes of one element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no <see cref="DType"/>.</exception>
    public static int Size(this DType type) => type switch
    {
        DType.UInt8 or DType.Int8 or DType.Bool => 1,
        DType.Int16 or DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        DType.Int64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no element type of Stn"),
    };

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
