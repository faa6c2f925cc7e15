using Stn.Kernels;

namespace Stn.Checks.Checks;

/// <summary>The shapes and modes of one call of the kernels.</summary>
/// <param name="Count">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Source">D, H and W.</param>
/// <param name="Target">d, h and w, possibly none.</param>
/// <param name="Functions">K of a basis.</param>
/// <param name="Sampling">Kernel and padding.</param>
/// <param name="Align">Where ±1 lies.</param>
internal sealed record SpanShape(
    int Count, int Channels, Volume Source, Volume Target, int Functions, Sampling Sampling, AlignCorners Align)
{
    private static readonly int[] ChannelCounts = [1, 1, 1, 2, 3, 5, 8, 9, 17];

    /// <summary>(N, C, H, W).</summary>
    internal ImageBatch Images => new(Count, Channels, new Plane(Source.Height, Source.Width));

    /// <summary>h and w.</summary>
    internal Plane TargetPlane => new(Target.Height, Target.Width);

    /// <summary>Mostly tiny shapes: 1 and 0 are where things go wrong. Any kernel, padding and convention.</summary>
    internal static SpanShape Draw(Random random, bool volume)
    {
        var interpolation = (Interpolation)random.Next(volume ? 2 : 4);
        var padding = random.Next(4) switch { 0 => Padding.Border, 1 => Padding.Reflection, 2 => Padding.Constant(0.5), _ => Padding.Zeros };
        var sampling = new Sampling(interpolation, padding, (TieRule)random.Next(2), random.Next(2) == 0 ? -0.75 : -0.5);
        return new SpanShape(
            random.Next(1, 3), ChannelCounts[random.Next(ChannelCounts.Length)], Size(random, volume, 1), Size(random, volume, 0),
            random.Next(1, 6), sampling, (AlignCorners)random.Next(2));
    }

    private static Volume Size(Random random, bool volume, int least) =>
        new(volume ? Side(random, least, 5) : 1, Side(random, least, volume ? 5 : 12), Side(random, least, volume ? 10 : 20));

    private static int Side(Random random, int least, int most) => random.Next(3) == 0 ? random.Next(least, 4) : random.Next(1, most + 1);
}
