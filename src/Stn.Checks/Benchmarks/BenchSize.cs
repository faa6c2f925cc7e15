using System.Globalization;
using Stn.Kernels;

namespace Stn.Checks.Benchmarks;

/// <summary>The shape of U and of V in a benchmark: (N, C, H, W), or (N, C, D, H, W) for volumes.</summary>
/// <param name="Shape">Four or five sizes, each at least 1.</param>
public sealed record BenchSize(IReadOnlyList<long> Shape)
{
    /// <summary>The sizes of images: the paper's networks, feature maps, photographs, one large picture.</summary>
    public static IReadOnlyList<BenchSize> Images { get; } =
    [
        .. new[]
        {
            "256x1x42x42", "256x1x60x60", "256x32x20x20", "64x3x64x64", "64x48x32x32", "16x3x224x224", "1x3x512x512", "1x3x1080x1920",
        }.Select(Parse),
    ];

    /// <summary>The sizes of volumes.</summary>
    public static IReadOnlyList<BenchSize> Volumes { get; } = [Parse("16x1x60x60x60"), Parse("1x1x96x96x96")];

    /// <summary>Whether these are volumes.</summary>
    public bool IsVolume => Shape.Count == 5;

    /// <summary>N.</summary>
    public long Count => Shape[0];

    /// <summary>h and w of the output.</summary>
    public Plane Plane => new((int)Shape[^2], (int)Shape[^1]);

    /// <summary>d, h and w of the output of a volume.</summary>
    public Volume Volume => new((int)Shape[^3], (int)Shape[^2], (int)Shape[^1]);

    /// <summary>The values of V.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>From text such as <c>256x1x42x42</c>.</summary>
    /// <exception cref="ArgumentException">It is not four or five sizes of at least 1.</exception>
    public static BenchSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('x');
        var sizes = parts
            .Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).ToArray();
        return sizes.Length is 4 or 5 && sizes.All(size => size is >= 1 and <= int.MaxValue)
            ? new BenchSize(sizes)
            : throw new ArgumentException($"a size is NxCxHxW or NxCxDxHxW, such as 256x1x42x42, not '{text}'");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('x', Shape);
}
