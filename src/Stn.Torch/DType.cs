namespace Stn.Torch;

/// <summary>The type of a tensor's elements. The values are libtorch's <c>ScalarType</c> codes.</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,

    /// <summary>Signed 64-bit integer; the type of class labels and indices.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision; the default.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision; used for gradient checks.</summary>
    Float64 = 7,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 11,

    /// <summary>The upper half of a single.</summary>
    BFloat16 = 15,
}
