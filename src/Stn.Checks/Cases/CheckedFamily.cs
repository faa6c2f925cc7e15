using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Checks.Cases;

/// <summary>A transformation of the table.</summary>
/// <param name="Name">Such as <c>affine</c>.</param>
/// <param name="Make">Makes it for a target, a convention and a type; most families are the same for all.</param>
/// <param name="OwnsParameters">Whether what it learns was made with it, and is freed with the pair.</param>
public sealed record CheckedFamily(string Name, Func<Plane, AlignCorners, DType, Transformation> Make, bool OwnsParameters = false)
{
    /// <summary>Every family of the library, a thin-plate spline that bends less, and a basis that is learned.</summary>
    public static IReadOnlyList<CheckedFamily> All { get; } =
    [
        Of(new IdentityTransformation()),
        Of(new TranslationTransformation()),
        Of(new AttentionTransformation()),
        Of(new ScaledAttentionTransformation()),
        Of(new RotationTransformation()),
        Of(new SimilarityTransformation()),
        Of(new AffineTransformation()),
        Of(new ProjectiveTransformation()),
        Of(new ThinPlateSplineTransformation()),
        new("tps-stiff", (_, _, _) => new ThinPlateSplineTransformation(3, regulariser: 0.1)),
        Of(new MeshTransformation(3)),
        new("basis", LearnedBasis, OwnsParameters: true),
    ];

    /// <summary>A family that is the same for every target, under its own name.</summary>
    /// <param name="transformation">The family.</param>
    public static CheckedFamily Of(Transformation transformation)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        return new CheckedFamily(transformation.Name, (_, _, _) => transformation);
    }

    // A basis has at least two rows and columns: for a smaller target there is none, and the case is left out.
    private static BasisTransformation LearnedBasis(Plane target, AlignCorners align, DType type)
    {
        var start = new ThinPlateSplineTransformation(2);
        using var like = Tensor.Empty(type);
        return new BasisTransformation(new Parameter(start.Basis(target, align, like)), start.Identity, align);
    }
}
