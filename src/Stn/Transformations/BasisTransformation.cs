using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// The paper's T_θ = M_θ·B with any B: K images over the target that say how far each parameter moves each target point. B is given
/// and stays, or it is learned with the network ("one could even learn B for the task at hand", section 3.2).
/// </summary>
/// <remarks>
/// B belongs to one target size and one convention. <see cref="From"/> starts it from another family, so that learning starts at a
/// transformation that makes sense and has an identity.
/// </remarks>
public sealed class BasisTransformation : LinearTransformation
{
    private readonly Parameter _basis;
    private readonly Plane _target;
    private readonly AlignCorners _align;

    /// <summary>Takes over a basis.</summary>
    /// <param name="basis">B, shape (K, h, w), h and w at least 2: a learned parameter or a buffer.</param>
    /// <param name="identity">The 2K parameters at which learning starts: the K weights of x, then those of y.</param>
    /// <param name="align">Where ±1 lies in the target.</param>
    /// <exception cref="ArgumentException">A shape is not as said.</exception>
    public BasisTransformation(Parameter basis, IReadOnlyList<double> identity, AlignCorners align = AlignCorners.False)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(identity);
        if (basis.Value.Shape is not [var functions, >= 2, >= 2] || identity.Count != 2 * functions)
        {
            throw new ArgumentException(
                $"a basis must be (K, h, w) with h, w ≥ 2 and 2K identity parameters, got {basis.Value} and {identity.Count}", nameof(basis));
        }

        _basis = basis;
        _target = new Plane((int)basis.Value.Size(1), (int)basis.Value.Size(2));
        _align = align;
        Identity = identity;
    }

    /// <summary>Whether B learns.</summary>
    public bool IsLearned => _basis.IsLearned;

    /// <inheritdoc/>
    public override string Name => "basis";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("basis", _basis)];

    /// <summary>A basis of its own that begins as that of another family.</summary>
    /// <param name="start">A thin-plate spline, a mesh, or another basis.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="align">Where ±1 lies in the target.</param>
    /// <param name="learned">Whether it learns.</param>
    public static BasisTransformation From(
        LinearTransformation start, Plane target, AlignCorners align = AlignCorners.False, bool learned = true)
    {
        ArgumentNullException.ThrowIfNull(start);
        using var recording = new NoGrad();
        using var type = Tensor.Empty(DType.Float32);
        using var basis = start.Basis(target, align, type);
        return new BasisTransformation(new Parameter(basis.Detach().Clone(), learned), start.Identity, align);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The target is not the one that B belongs to.</exception>
    protected override Tensor MakeBasis(Plane target, AlignCorners align, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        return target == _target && align == _align
            ? _basis.Value.To(like.Type).To(like.Device)
            : throw new ArgumentException(
                $"this basis is one of {_target} with aligned corners {_align}, not of {target} with {align}", nameof(target));
    }

    /// <inheritdoc/>
    /// <remarks>Between the target's points B is interpolated linearly; beyond them its outer cells go on.</remarks>
    protected override void Evaluate(NormalizedPoint target, Span<double> functions)
    {
        using var scope = new TensorScope();
        var (column, right) = Cell(target.X, _target.Width);
        var (row, down) = Cell(target.Y, _target.Height);
        var corners = _basis.Value.Detach().Narrow(1, row, 2).Narrow(2, column, 2).To(DType.Float64).ToArray<double>();
        for (var k = 0; k < functions.Length; k++)
        {
            var corner = corners.AsSpan(4 * k, 4);
            var (upper, lower) = (corner[0] + (right * (corner[1] - corner[0])), corner[2] + (right * (corner[3] - corner[2])));
            functions[k] = upper + (down * (lower - upper));
        }
    }

    private (int Cell, double Place) Cell(double coordinate, int size)
    {
        var place = Coordinates.ToPixel(coordinate, size, _align);
        var cell = (int)Math.Clamp(Math.Floor(place), 0, size - 2);
        return (cell, place - cell);
    }
}
