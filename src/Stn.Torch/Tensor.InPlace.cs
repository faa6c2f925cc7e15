using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>Changes of the tensor itself. A tensor that requires a gradient is changed inside <see cref="NoGrad"/> only.</content>
public sealed partial class Tensor
{
    /// <summary>Sets every element to zero.</summary>
    public void SetZero() => Ops.ZeroInPlace.Do(this);

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(double value) => Ops.FillInPlace.Do(this, value);

    /// <summary>Takes over the elements of <paramref name="source"/>, of any type and device.</summary>
    public void CopyFrom(Tensor source) => Ops.CopyInPlace.Do(this, source);

    /// <summary>this += factor · other.</summary>
    public void AddInPlace(Tensor other, double factor = 1) =>
        Ops.AddInPlace.Do(this, other, factor == 1 ? (Argument)1L : factor); // a whole number also suits whole-number tensors

    /// <summary>this *= factor.</summary>
    public void MultiplyInPlace(double factor) => Ops.MulInPlace.Do(this, factor);

    /// <summary>this += factor · first · second.</summary>
    public void AddProductInPlace(Tensor first, Tensor second, double factor = 1) =>
        Ops.AddCMulInPlace.Do(this, first, second, factor);

    /// <summary>this += factor · numerator / denominator.</summary>
    public void AddQuotientInPlace(Tensor numerator, Tensor denominator, double factor = 1) =>
        Ops.AddCDivInPlace.Do(this, numerator, denominator, factor);

    /// <summary>Draws every element from the uniform distribution over [low, high).</summary>
    public void SetUniform(double low, double high) => Ops.UniformInPlace.Do(this, low, high);

    /// <summary>Draws every element from the normal distribution.</summary>
    public void SetNormal(double mean, double deviation) => Ops.NormalInPlace.Do(this, mean, deviation);
}
