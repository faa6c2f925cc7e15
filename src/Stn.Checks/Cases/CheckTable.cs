using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Checks.Cases;

/// <summary>The table of all cases. A user's transformation or kernel joins it with one call and gets the same checks.</summary>
/// <example>
/// <code>
/// var report = CheckRun.Of(CheckTable.Empty.With(new MyTransformation()).With(new MyKernel()));
/// Console.WriteLine(report);
/// </code>
/// </example>
/// <param name="Cases">In the order in which they run.</param>
public sealed record CheckTable(IReadOnlyList<WarpCase> Cases)
{
    private static readonly AlignCorners[] Conventions = [AlignCorners.False, AlignCorners.True];
    private static readonly DType[] Types = [DType.Float32, DType.Float64];

    /// <summary>No case.</summary>
    public static CheckTable Empty { get; } = new(Array.Empty<WarpCase>());

    /// <summary>Explicit grids and every family, with every sampler and padding, in both conventions and types.</summary>
    public static CheckTable Default { get; } = new(
    [
        .. Cross(2, [null, .. Families(2)], CheckedSampler.All).Cases,
        .. Cross(3, [null], CheckedSampler.All.Where(IsOfVolumes)).Cases,
        .. Cross(3, Families(3), CheckedSampler.All.Where(sampler => IsOfVolumes(sampler) && !IsCubic(sampler))).Cases,
    ]);

    /// <summary>A share that takes seconds: a grid with every sampler, every family with one.</summary>
    public static CheckTable Quick { get; } = new(
    [
        .. Cross(2, [null], CheckedSampler.All).Cases,
        .. Cross(2, Families(2), [CheckedSampler.All[0]]).Cases.Where((_, i) => i % 4 is 0 or 3),
        .. Cross(3, [null, .. Families(3)], [CheckedSampler.All[0]]).Cases.Where((_, i) => i % 4 is 0 or 3),
    ]);

    /// <summary>The case of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public WarpCase this[string name] => Cases.FirstOrDefault(one => one.Name == name)
        ?? throw new ArgumentException($"the table has no case '{name}'", nameof(name));

    /// <summary>The cases whose names hold a text.</summary>
    /// <param name="part">Such as <c>bicubic</c> or <c>2d/affine/</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public CheckTable Only(string part)
    {
        var some = Cases.Where(one => one.Name.Contains(part, StringComparison.Ordinal)).ToArray();
        return some.Length > 0
            ? new CheckTable(some)
            : throw new ArgumentException($"no case's name holds '{part}'; names are like {Cases[0].Name}", nameof(part));
    }

    /// <summary>Adds a transformation of your own, with every sampler.</summary>
    /// <param name="transformation">Its map of single points is the scalar form that its grid is compared with.</param>
    public CheckTable With(Transformation transformation) => With(Cross(2, [CheckedFamily.Of(transformation)], CheckedSampler.All));

    /// <summary>Adds a kernel of your own: alone on grids, and with an affine, a projective and a spline transformation.</summary>
    /// <param name="sampler">The kernel; what it learns stays yours, in Float64 where its gradient is to be checked.</param>
    /// <param name="weight">k(d) in plain numbers; by default what the kernel itself gives for single distances.</param>
    public CheckTable With(KernelSampler sampler, Func<double, ImageAxis, double>? weight = null) =>
        With(CheckedSampler.Of(sampler, weight));

    /// <summary>Adds a sampler with a scalar form of its own, likewise.</summary>
    /// <param name="sampler">The sampler.</param>
    public CheckTable With(CheckedSampler sampler) => With(Cross(
        2, [null, .. CheckedFamily.All.Where(family => family.Name is "affine" or "projective" or "tps")], [sampler]));

    private CheckTable With(CheckTable other) => new([.. Cases, .. other.Cases]);

    private static IEnumerable<CheckedFamily> Families(int dimensions) => CheckedFamily.All.Where(family => family.Dimensions == dimensions);

    // One cubic slope and one rule for ties are enough in space.
    private static bool IsOfVolumes(CheckedSampler sampler) => sampler.Name.StartsWith("bilinear-", StringComparison.Ordinal)
        || sampler.Name.StartsWith("nearest", StringComparison.Ordinal) || sampler.Name.StartsWith("bicubic-zeros", StringComparison.Ordinal)
        || sampler.Name.StartsWith("bicubic-reflection", StringComparison.Ordinal);

    private static bool IsCubic(CheckedSampler sampler) => sampler.Sampler.Kernel is { Interpolation: Interpolation.Cubic };

    private static CheckTable Cross(int dimensions, IEnumerable<CheckedFamily?> families, IEnumerable<CheckedSampler> samplers) => new(
    [
        .. from family in families
           from sampler in samplers
           from align in Conventions
           from type in Types
           select new WarpCase(family, sampler, align, type, dimensions),
    ]);
}
