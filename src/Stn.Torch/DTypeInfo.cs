namespace Stn.Torch;

/// <summary>Facts about a <see cref="DType"/>.</summary>
public static class DTypeInfo
{
    /// <summary>The size of one element in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not one of <see cref="DType"/>'s members.</exception>
    public static int SizeInBytes(this DType type) => type switch
    {
        DType.Bool or DType.UInt8 or DType.Int8 => 1,
        DType.Int16 or DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        DType.Int64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a data type of tensors."),
    };
}
