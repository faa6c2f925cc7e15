namespace Stn.Transformations;

/// <summary>The families by name, for commands and files: those whose θ says all.</summary>
public static class FamilyNames
{
    private static readonly (string Name, Func<int, Transformation?> Make)[] Table =
    [
        ("identity", _ => new IdentityTransformation()),
        ("translation", _ => new TranslationTransformation()),
        ("attention", _ => new AttentionTransformation()),
        ("scaled-attention", _ => new ScaledAttentionTransformation()),
        ("rotation", _ => new RotationTransformation()),
        ("similarity", _ => new SimilarityTransformation()),
        ("affine", _ => new AffineTransformation()),
        ("projective", _ => new ProjectiveTransformation()),
        ("tps", count => Side(count) is { } side ? new ThinPlateSplineTransformation(side) : null),
        ("mesh", count => Side(count) is { } side ? new MeshTransformation(side) : null),
    ];

    /// <summary>The names, in the order of the conventions' table.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Name)];

    /// <summary>A transformation by its family's name and its θ; the side of a lattice follows from how many numbers there are.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="theta">P numbers, in the order of the conventions' table.</param>
    /// <exception cref="ArgumentException">There is no such family, or its θ is another number of numbers.</exception>
    public static FamilyMember Find(string name, params ReadOnlySpan<double> theta)
    {
        var row = Array.Find(Table, row => row.Name == name);
        if (row.Make is null)
            throw new ArgumentException($"there is no transformation '{name}'; there are {string.Join(", ", All)}", nameof(name));
        var family = row.Make(theta.Length)
            ?? throw new ArgumentException($"θ of {name} has 2·K² parameters for a lattice of K×K points, K ≥ 2 (8, 18, 32, …), got {theta.Length}", nameof(theta));
        return new FamilyMember(family, theta);
    }

    private static int? Side(int count)
    {
        var side = (int)Math.Sqrt(count / 2.0);
        return side >= 2 && 2 * side * side == count ? side : null;
    }
}
