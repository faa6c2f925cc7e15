using Stn.Torch;

namespace Stn.Transformations;

/// <summary>One transformation, T_θ: a family and a θ of it in plain numbers.</summary>
public sealed class FamilyMember
{
    private readonly double[] _theta;

    /// <summary>Puts the two together.</summary>
    /// <param name="family">The family.</param>
    /// <param name="theta">P numbers.</param>
    /// <exception cref="ArgumentException">They are not P.</exception>
    public FamilyMember(Transformation family, params ReadOnlySpan<double> theta)
    {
        ArgumentNullException.ThrowIfNull(family);
        family.RequireCount(theta);
        Family = family;
        _theta = theta.ToArray();
    }

    /// <summary>The family.</summary>
    public Transformation Family { get; }

    /// <summary>θ: P numbers.</summary>
    public IReadOnlyList<double> Theta => _theta;

    /// <summary>The source point of a target point, both normalised.</summary>
    public NormalizedPoint Map(NormalizedPoint target) => Family.Map(_theta, target);

    /// <summary>θ for one image, shape (1, P).</summary>
    /// <param name="type">Float32 or Float64.</param>
    public Tensor ToTensor(DType type = DType.Float32)
    {
        using var wide = Tensor.From(_theta, 1, _theta.Length);
        return wide.To(type).Clone();
    }
}
