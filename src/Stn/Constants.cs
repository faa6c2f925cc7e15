using Stn.Torch;

namespace Stn;

/// <summary>Fixed numbers as tensors.</summary>
internal static class Constants
{
    /// <summary>Numbers in the type and on the device of <paramref name="other"/>.</summary>
    internal static Tensor Like(Tensor other, double[] numbers, params ReadOnlySpan<long> shape) =>
        Tensor.From(numbers, shape).To(other.Type).To(other.Device);
}
