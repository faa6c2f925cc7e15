using System.Numerics;

namespace Stn.Kernels.Tests.Support;

/// <summary>Random settings and numbers, the same for the same seed.</summary>
public sealed class Draws(int seed)
{
    private static readonly int[] ChannelCounts = [1, 1, 1, 2, 3, 5, 8, 9, 17, 64];
    private static readonly float[] Strange = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e38f, -1e38f, 3e9f];
    private static readonly float[] Normal = NormalValues(1 << 16);
    private readonly Random random = new(seed);

    /// <summary>Any sampling of the kind, any padding, odd and tiny sizes.</summary>
    public Setting Setting(Kind kind, int most = 40)
    {
        var volume = kind is Kind.Affine3D or Kind.Grid3D;
        most = volume ? Math.Min(most, 14) : most;
        var interpolation = (Interpolation)random.Next(volume ? 2 : 4);
        var padding = random.Next(4) switch
        {
            0 => Padding.Border,
            1 => Padding.Reflection,
            2 => Padding.Constant(0.75),
            _ => Padding.Zeros,
        };
        var sampling = new Sampling(interpolation, padding, (TieRule)random.Next(2), random.Next(2) == 0 ? -0.75 : -0.5);
        var channels = ChannelCounts[random.Next(volume ? 6 : ChannelCounts.Length)];
        return new Setting(
            kind, random.Next(4), channels, Size(volume, 1, channels > 9 ? 12 : most), Size(volume, 0, channels > 9 ? 12 : most),
            sampling, (AlignCorners)random.Next(2), random.Next(1, 12));
    }

    /// <summary>Numbers for a setting: transformations of all sorts, and grids with values that are no place among them.</summary>
    public WarpCase<T> Case<T>(Setting setting, bool strange = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parameters = new T[setting.Count * setting.Parameters];
        var spread = random.Next(4) switch { 0 => 0.01, 1 => 0.3, 2 => 1.5, _ => 0.1 };
        for (var i = 0; i < parameters.Length; i++)
        {
            var value = setting.Kind is Kind.Grid or Kind.Grid3D
                ? (2.6 * random.NextDouble()) - 1.3
                : Identity(setting, i % setting.Parameters) + (spread * Normal[random.Next(Normal.Length)]);
            parameters[i] = strange && setting.Kind is Kind.Grid or Kind.Grid3D && strange && random.Next(40) == 0
                ? T.CreateSaturating(Strange[random.Next(Strange.Length)])
                : T.CreateSaturating((float)value);
        }

        return new WarpCase<T>(
            setting, Normals<T>(setting.Count * setting.Channels * setting.Source.Length), parameters,
            Normals<T>(setting.Kind == Kind.Basis ? setting.Functions * setting.Target.Length : 0, 0.4),
            Normals<T>(setting.Count * setting.Channels * setting.Target.Length));
    }

    /// <summary>Normal values: a stretch of one long row of them, so that a hundred thousand cases are drawn in seconds.</summary>
    public T[] Normals<T>(int count, double scale = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[count];
        var first = random.Next(Normal.Length);
        for (var i = 0; i < count; i++)
            values[i] = T.CreateTruncating((float)scale * Normal[(first + i) % Normal.Length]);
        return values;
    }

    /// <summary>Puts NaN, infinities or huge numbers in one place, or in many.</summary>
    public void Spoil<T>(T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var times = values.Length == 0 ? 0 : random.Next(4) == 0 ? values.Length : 1; times > 0; times--)
            values[random.Next(values.Length)] = T.CreateSaturating(Strange[random.Next(Strange.Length)]);
    }

    public int Next(int count) => random.Next(count);

    private static double Identity(Setting setting, int parameter) => setting.Kind switch
    {
        Kind.Affine => parameter is 0 or 4 ? 1 : 0,
        Kind.Projective => parameter is 0 or 4 ? 1 : 0,
        Kind.Affine3D => parameter is 0 or 5 or 10 ? 1 : 0,
        Kind.Spline => ThinPlateSpline.Lattice(setting.Side)[parameter],
        _ => 0.3,
    };

    private Volume Size(bool volume, int least, int most) =>
        new(volume ? Side(least, most) : 1, Side(least, most), Side(least, most));

    // Small sides often: 0 (of a target) and 1 are where things go wrong.
    private int Side(int least, int most) => random.Next(4) == 0 ? random.Next(least, Math.Min(4, most)) : random.Next(1, most + 1);

    private static float[] NormalValues(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
            (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
