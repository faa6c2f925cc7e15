using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests;

/// <summary>Every transformation by name, so that a test runs over all of them.</summary>
internal static class Families
{
    internal static string[] Names { get; } =
    [
        "identity", "translation", "attention", "scaled-attention", "rotation", "similarity", "window", "affine", "projective", "tps", "tps-stiff",
        "mesh", "point-spline", "basis",
    ];

    internal static string[] Matrices { get; } = [.. Names.TakeWhile(name => name != "tps")];

    /// <summary>Makes a family; what it learns is freed by the caller: see <see cref="TensorTest.Own{T}"/>.</summary>
    internal static Transformation Make(string name, Plane target, AlignCorners align = AlignCorners.False, DType type = DType.Float64) =>
        name switch
        {
            "identity" => new IdentityTransformation(),
            "translation" => new TranslationTransformation(),
            "attention" => new AttentionTransformation(),
            "scaled-attention" => new ScaledAttentionTransformation(),
            "rotation" => new RotationTransformation(),
            "similarity" => new SimilarityTransformation(),
            "window" => new WindowTransformation(1),
            "affine" => new AffineTransformation(),
            "projective" => new ProjectiveTransformation(),
            "tps" => new ThinPlateSplineTransformation(),
            "tps-stiff" => new ThinPlateSplineTransformation(3, regulariser: 0.1),
            "mesh" => new MeshTransformation(3),
            "point-spline" => new PointSplineTransformation([new(-0.8, -0.9), new(0.7, -0.6), new(0.1, 0.2), new(-0.5, 0.9), new(1.2, 0.8)]),
            "basis" => Basis(target, align, type),
            _ => throw new ArgumentException(name),
        };

    /// <summary>A batch of parameters near the identity, none of which puts a sample on a whole pixel.</summary>
    internal static Tensor Theta(TransformationFamily transformation, int images, int seed = 5)
    {
        var noise = GradientCheck.Input(seed, images, transformation.ParameterCount).Detach() * 0.11;
        return (noise + Tensor.From(transformation.Identity.ToArray(), transformation.ParameterCount)).Detach().RequireGrad();
    }

    internal static string[] OfVolumes { get; } =
        ["identity-3d", "translation-3d", "attention-3d", "scaled-attention-3d", "affine-3d"];

    internal static AffineFamily3D Make3D(string name) => name switch
    {
        "identity-3d" => new IdentityTransformation3D(),
        "translation-3d" => new TranslationTransformation3D(),
        "attention-3d" => new AttentionTransformation3D(),
        "scaled-attention-3d" => new ScaledAttentionTransformation3D(),
        "affine-3d" => new AffineTransformation3D(),
        _ => throw new ArgumentException(name),
    };

    private static BasisTransformation Basis(Plane target, AlignCorners align, DType type)
    {
        var spline = new ThinPlateSplineTransformation(2);
        var basis = spline.Basis(target, align, Tensor.Empty(type));
        return new BasisTransformation(new Parameter(basis), spline.Identity, align);
    }
}
