using Stn.Torch.Products;

namespace Stn.Torch.Optimisers;

/// <summary>
/// Muon (Jordan et al., 2024) for hidden layers, AdamW for everything else: of the running gradient of a layer's weights, as a matrix of one row
/// for each unit or filter, only the directions count, not how strong each is. All singular values of a step are about 1.
/// </summary>
/// <remarks>
/// <para>m = momentum·m + (1 − momentum)·g; u = (1 − momentum)·g + momentum·m; p −= rate·(0.2·√max(rows, columns)·<see cref="Orthogonalise"/>(u) + decay·p):
/// the rule of PyTorch's <c>torch.optim.Muon</c> with <c>adjust_lr_fn="match_rms_adamw"</c>, in the type of the weights. With this factor a step
/// is as long as one of Adam, and one rate serves both.</para>
/// <para>Biases are Adam's, and so are the layers that give θ or classes: each of their rows has a meaning of its own.</para>
/// </remarks>
/// <param name="groups">What learns, and how fast.</param>
/// <param name="outputs">The full names of the weights that are not of hidden layers.</param>
/// <param name="momentum">The part of the running gradient that stays.</param>
/// <param name="weightDecay">The weight of the decay, which bypasses the gradient.</param>
public sealed class Muon(IReadOnlyList<ParameterGroup> groups, IReadOnlySet<string> outputs, double momentum = 0.95, double weightDecay = 0)
    : Adam(groups, weightDecay: weightDecay, decoupled: true)
{
    private readonly double _weightDecay = weightDecay;

    /// <summary>U·Vᵀ of a matrix U·S·Vᵀ, roughly: five steps of a quintic Newton–Schulz iteration bring all singular values between 0.68 and 1.21
    /// that are not below two thousandths of the matrix's norm.</summary>
    /// <param name="matrix">(rows, columns), at least one of each.</param>
    /// <returns>A matrix of the same shape; zeros of zeros.</returns>
    /// <exception cref="ArgumentException">It is no matrix.</exception>
    public static Tensor Orthogonalise(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Dimensions != 2)
            throw new ArgumentException($"a matrix has two axes, got shape ({string.Join(", ", matrix.Shape.ToArray())})", nameof(matrix));
        var isTall = matrix.Shape[0] > matrix.Shape[1];
        var x = isTall ? matrix.Transpose(0, 1) : matrix;
        x /= x.Norm() + 1e-7;

        // Each step multiplies x from the left by a polynomial of x·xᵀ. They all commute, and the product of the small matrices comes first.
        x = NewtonSchulz.Polynomial(x.MatMul(x.Transpose(0, 1))).MatMul(x);
        return isTall ? x.Transpose(0, 1) : x;
    }

    /// <inheritdoc/>
    protected override void Update(IReadOnlyList<Change> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var parts = changes.ToLookup(IsHidden);
        base.Update([.. parts[false]]);
        foreach (var change in parts[true])
            Turn(change);
    }

    private bool IsHidden(Change change) => change.Value.Shape.Length > 1 && !outputs.Contains(Entries[change.Index].Name);

    private void Turn(Change change)
    {
        var mean = Mean(change.Index);
        mean.MultiplyInPlace(momentum);
        mean.AddInPlace(change.Gradient, 1 - momentum);
        var ahead = (change.Gradient * (1 - momentum)) + (mean * momentum);
        var step = Orthogonalise(ahead.Reshape(ahead.Shape[0], -1));
        var length = 0.2 * Math.Sqrt(Math.Max(step.Shape[0], step.Shape[1]));
        change.Value.MultiplyInPlace(1 - (change.Rate * _weightDecay));
        change.Value.AddInPlace(step.Reshape(change.Value.Shape.ToArray()), -change.Rate * length);
    }
}
