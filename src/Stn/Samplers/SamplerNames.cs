using Stn.Kernels;

namespace Stn.Samplers;

/// <summary>The samplers by name, for commands and files.</summary>
public static class SamplerNames
{
    private static readonly (string Name, Func<Padding, Sampler> Make)[] Table =
    [
        ("bilinear", padding => new BilinearSampler(padding)),
        ("nearest", padding => new NearestSampler(padding)),
        ("bicubic", padding => new BicubicSampler(padding)),
        ("antialiased", padding => new AntiAliasedSampler(padding)),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Name)];

    /// <summary>What makes a sampler for a padding.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is no such sampler.</exception>
    public static Func<Padding, Sampler> Find(string name) =>
        Array.Find(Table, row => row.Name == name).Make
            ?? throw new ArgumentException($"there is no sampler '{name}'; there are {string.Join(", ", All)}", nameof(name));
}
