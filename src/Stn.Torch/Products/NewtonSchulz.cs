using Stn.Torch.Interop;
using Stn.Torch.Layers;
using Stn.Torch.Layers.Convolutions;

namespace Stn.Torch.Products;

/// <summary>
/// The quintic Newton–Schulz iteration on x·xᵀ: all its matrices are polynomials of that one, so they are symmetric and commute, and one matrix
/// takes x to what five steps make of it.
/// </summary>
internal static unsafe class NewtonSchulz
{
    private const int Steps = 5;
    private const double First = 3.4445;
    private const double Third = -4.7750;
    private const double Fifth = 2.0315;

    /// <summary>The matrix p of p·x, x after five steps x → (a + b·x·xᵀ + c·(x·xᵀ)²)·x.</summary>
    /// <param name="square">x·xᵀ, its norm at most 1.</param>
    internal static Tensor Polynomial(Tensor square) => Suits(square) ? Own(square) : ByOperators(square);

    /// <summary>By libtorch's operators, in any type.</summary>
    internal static Tensor ByOperators(Tensor square)
    {
        var one = Tensor.ZerosLike(square);
        Ops.FillDiagonalInPlace.Do(one, 1.0);
        Tensor Step() => (one * First) + (square * Third) + (square.MatMul(square) * Fifth);
        var step = Step();
        var steps = step;
        for (var i = 1; i < Steps; i++)
        {
            square = step.MatMul(square).MatMul(step);
            step = Step();
            steps = step.MatMul(steps);
        }

        return steps;
    }

    // What libtorch records comes from its operators.
    private static bool Suits(Tensor square) =>
        Lanes16.AreFast && square.Size(0) >= RowProducts.Rows && square.TryGetFloats(out _, out _) && !(square.RequiresGrad && NoGrad.IsRecording);

    // Half of each product is computed, twice as many numbers at once as by a BLAS that takes this processor for an older one.
    private static Tensor Own(Tensor square)
    {
        var size = (int)square.Size(0);
        var result = Tensor.Empty(DType.Float32, size, size);
        using var matrices = new SymmetricMatrices(size, 5);
        var (s, p, step, other, spare) = (0, 1, 2, 3, 4);
        matrices.Read(TensorMemory.Floats(square), s);
        GC.KeepAlive(square);
        for (var i = 0; i < Steps; i++)
        {
            matrices.Multiply(s, s, step);
            matrices.Combine((float)First, s, (float)Third, step, (float)Fifth);
            if (i == 0)
            {
                matrices.Copy(step, p);
            }
            else
            {
                matrices.Multiply(step, p, other);
                (p, other) = (other, p);
            }

            if (i < Steps - 1)
            {
                matrices.Multiply(step, s, other);
                matrices.Multiply(other, step, spare);
                (s, spare) = (spare, s);
            }
        }

        matrices.Write(p, TensorMemory.Floats(result));
        return result;
    }
}
