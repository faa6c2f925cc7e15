using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>Element by element, with broadcasting.</content>
public sealed partial class Tensor
{
    /// <summary>Element by element: this + other.</summary>
    public Tensor Add(Tensor other) => Ops.Add.Call(this, other);

    /// <summary>this + a number.</summary>
    public Tensor Add(double other) => Ops.AddScalar.Call(this, other);

    /// <summary>Element by element: this − other.</summary>
    public Tensor Subtract(Tensor other) => Ops.Sub.Call(this, other);

    /// <summary>this − a number.</summary>
    public Tensor Subtract(double other) => Ops.SubScalar.Call(this, other);

    /// <summary>Element by element: this · other.</summary>
    public Tensor Multiply(Tensor other) => Ops.Mul.Call(this, other);

    /// <summary>this · a number.</summary>
    public Tensor Multiply(double other) => Ops.MulScalar.Call(this, other);

    /// <summary>Element by element: this / other.</summary>
    public Tensor Divide(Tensor other) => Ops.Div.Call(this, other);

    /// <summary>this / a number.</summary>
    public Tensor Divide(double other) => Ops.DivScalar.Call(this, other);

    /// <summary>−this.</summary>
    public Tensor Negate() => Ops.Neg.Call(this);

    /// <summary>|this|.</summary>
    public Tensor Abs() => Ops.Abs.Call(this);

    /// <summary>e to the power of this.</summary>
    public Tensor Exp() => Ops.Exp.Call(this);

    /// <summary>The natural logarithm.</summary>
    public Tensor Log() => Ops.Log.Call(this);

    /// <summary>The square root.</summary>
    public Tensor Sqrt() => Ops.Sqrt.Call(this);

    /// <summary>this to a power.</summary>
    public Tensor Pow(double exponent) => Ops.Pow.Call(this, exponent);

    /// <summary>The sine of radians.</summary>
    public Tensor Sin() => Ops.Sin.Call(this);

    /// <summary>The cosine of radians.</summary>
    public Tensor Cos() => Ops.Cos.Call(this);

    /// <summary>The largest whole number not above; its gradient is zero.</summary>
    public Tensor Floor() => Ops.Floor.Call(this);

    /// <summary>What is left after taking away whole periods, exact and with the sign of the number, as C#'s <c>%</c>; its gradient is one.</summary>
    /// <param name="period">Not 0.</param>
    public Tensor Remainder(double period) => Ops.FmodScalar.Call(this, period);

    /// <summary>The nearest whole number, halves to the even one; its gradient is zero.</summary>
    public Tensor Round() => Ops.Round.Call(this);

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => Ops.Tanh.Call(this);

    /// <summary>max(0, this).</summary>
    public Tensor Relu() => Ops.Relu.Call(this);

    /// <summary>Limited to [low, high].</summary>
    public Tensor Clamp(double low, double high) => Ops.Clamp.Call(this, low, high);

    /// <summary>True where finite.</summary>
    public Tensor IsFinite() => Ops.IsFinite.Call(this);

    /// <summary>True where equal.</summary>
    public Tensor EqualTo(Tensor other) => Ops.Eq.Call(this, other);

    /// <summary>True where this is greater than a number.</summary>
    public Tensor GreaterThan(double other) => Ops.GtScalar.Call(this, other);

    /// <summary>True where zero or false.</summary>
    public Tensor Not() => Ops.LogicalNot.Call(this);

    /// <summary>A number in the place of the elements where <paramref name="mask"/> is true; no gradient flows to those.</summary>
    public Tensor MaskedFill(Tensor mask, double value) => Ops.MaskedFill.Call(this, mask, value);

    /// <summary>The matrix product: of matrices, of batches of matrices, of vectors.</summary>
    public Tensor MatMul(Tensor other) => Ops.MatMul.Call(this, other);

    /// <summary>The product of matrices, (n, m) by (m, p).</summary>
    public Tensor MatrixMultiply(Tensor other) => Ops.Mm.Call(this, other);

    /// <inheritdoc cref="Add(Tensor)"/>
    public static Tensor operator +(Tensor left, Tensor right) => left.Add(right);

    /// <inheritdoc cref="Add(double)"/>
    public static Tensor operator +(Tensor left, double right) => left.Add(right);

    /// <inheritdoc cref="Subtract(Tensor)"/>
    public static Tensor operator -(Tensor left, Tensor right) => left.Subtract(right);

    /// <inheritdoc cref="Subtract(double)"/>
    public static Tensor operator -(Tensor left, double right) => left.Subtract(right);

    /// <inheritdoc cref="Negate"/>
    public static Tensor operator -(Tensor value) => value.Negate();

    /// <inheritdoc cref="Multiply(Tensor)"/>
    public static Tensor operator *(Tensor left, Tensor right) => left.Multiply(right);

    /// <inheritdoc cref="Multiply(double)"/>
    public static Tensor operator *(Tensor left, double right) => left.Multiply(right);

    /// <inheritdoc cref="Divide(Tensor)"/>
    public static Tensor operator /(Tensor left, Tensor right) => left.Divide(right);

    /// <inheritdoc cref="Divide(double)"/>
    public static Tensor operator /(Tensor left, double right) => left.Divide(right);
}
