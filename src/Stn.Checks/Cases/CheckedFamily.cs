using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Checks.Cases;

/// <summary>A transformation of the table.</summary>
/// <param name="Name">Such as <c>affine</c>.</param>
/// <param name="Dimensions">2 for images, 3 for volumes.</param>
/// <param name="Make">Makes it for a target, a convention and a type; most families are the same for all.</param>
/// <param name="OwnsParameters">Whether what it learns was made with it, and is freed with the pair.</param>
public sealed record CheckedFamily(string Name, int Dimensions, Func<Volume, AlignCorners, DType, TransformationFamily> Make, bool OwnsParameters = false)
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
        new("tps-stiff", 2, (_, _, _) => new ThinPlateSplineTransformation(3, regulariser: 0.1)),
        Of(new MeshTransformation(3)),
        new("basis", 2, LearnedBasis, OwnsParameters: true),
        Of(new IdentityTransformation3D()),
        Of(new TranslationTransformation3D()),
        Of(new AttentionTransformation3D()),
        Of(new ScaledAttentionTransformation3D()),
        Of(new AffineTransformation3D()),
    ];

    /// <summary>A family that is the same for every target, under its own name.</summary>
    /// <param name="transformation">The family.</param>
    public static CheckedFamily Of(TransformationFamily transformation)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        return new CheckedFamily(transformation.Name, transformation is Transformation3D ? 3 : 2, (_, _, _) => transformation);
    }

    private static BasisTransformation LearnedBasis(Volume target, AlignCorners align, DType type)
    {
        var start = new ThinPlateSplineTransformation(2);
        using var like = Tensor.Empty(type);
        return new BasisTransformation(new Parameter(start.Basis(Images.PlaneOf(target), align, like)), start.Identity, align);
    }
}
