using System.Globalization;

namespace Stn.Torch.Interop;

/// <summary>One argument of a boxed call, made by conversion from what a caller has at hand.</summary>
internal readonly struct Argument
{
    private Argument(ValueTag tag, long integer = 0, double real = 0, object? reference = null)
    {
        Tag = tag;
        Integer = integer;
        Real = real;
        Reference = reference;
    }

    internal ValueTag Tag { get; }

    internal long Integer { get; }

    internal double Real { get; }

    internal object? Reference { get; }

    internal static Argument None => default;

    public static implicit operator Argument(Tensor? tensor) =>
        tensor is null ? default : new(ValueTag.Tensor, reference: tensor);

    public static implicit operator Argument(long value) => new(ValueTag.Int, value);

    public static implicit operator Argument(long? value) => value is { } number ? number : default(Argument);

    public static implicit operator Argument(double value) => new(ValueTag.Real, real: value);

    public static implicit operator Argument(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    public static implicit operator Argument(DType value) => new(ValueTag.Int, (long)value);

    public static implicit operator Argument(DType? value) => value is { } type ? type : default(Argument);

    public static implicit operator Argument(Device value) => new(ValueTag.Device, reference: value.ToString());

    public static implicit operator Argument(long[] value) => new(ValueTag.Ints, reference: value);

    public static implicit operator Argument(double[] value) => new(ValueTag.Reals, reference: value);

    public static implicit operator Argument(Tensor?[] value) => new(ValueTag.Tensors, reference: value);

    public static implicit operator Argument(string value) => new(ValueTag.Text, reference: value);

    /// <summary>As error messages show it: tensors by shape and type, lists and numbers by value.</summary>
    public override string ToString() => Tag switch
    {
        ValueTag.None => "None",
        ValueTag.Int => Integer.ToString(CultureInfo.InvariantCulture),
        ValueTag.Real => Real.ToString(CultureInfo.InvariantCulture),
        ValueTag.Bool => Integer != 0 ? "true" : "false",
        ValueTag.Ints => $"[{string.Join(", ", (long[])Reference!)}]",
        ValueTag.Reals => $"[{string.Join(", ", (double[])Reference!)}]",
        ValueTag.Tensors => $"[{TensorList.Describe((Tensor?[])Reference!)}]",
        _ => Reference!.ToString()!,
    };
}
