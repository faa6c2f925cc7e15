using System.Globalization;
using System.Numerics;
using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Nothing outside the buffers is read or written, at 100,000 random shapes, transformations and grids.</summary>
public class GuardPageTests
{
    /// <summary>Names the environment variable that sets another number of shapes: millions for a night, few for slow machines.</summary>
    public const string Variable = "STN_KERNEL_SHAPES";

    private static readonly int Shapes = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "100000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(Kind.Affine)]
    [InlineData(Kind.Projective)]
    [InlineData(Kind.Grid)]
    [InlineData(Kind.Basis)]
    [InlineData(Kind.Affine3D)]
    [InlineData(Kind.Grid3D)]
    [InlineData(Kind.Spline)]
    public void No_kernel_leaves_its_buffers(Kind kind)
    {
        if (!OperatingSystem.IsLinux())
            return;

        using var run = new GuardedRun();
        var draws = new Draws(20 + (int)kind);
        for (var left = (Shapes + 6) / 7; left > 0;)
        {
            // Many small shapes, since edges are where things go wrong; some that take several tiles or many vectors.
            var setting = draws.Setting(kind, most: draws.Next(40) switch { 0 => 100, < 8 => 24, _ => 8 });
            left -= setting.Count * setting.Target.Length == 0 ? 0 : 1;   // empty ones are extra
            if (draws.Next(5) == 0)
                Draw<double>(run, draws, setting);
            else
                Draw<float>(run, draws, setting);
        }
    }

    // One in five has places that are none: NaN, infinities and 1e38 in θ, in the grid, in the basis. One in ten of the others
    // is compared with the oracle.
    private static void Draw<T>(GuardedRun run, Draws draws, Setting setting)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var c = draws.Case<T>(setting);
        var strange = draws.Next(5) == 0;
        if (strange)
        {
            draws.Spoil(c.Parameters);
            draws.Spoil(c.Basis);
        }

        var wanted = draws.Next(8);
        run.Run(
            c, atEnd: draws.Next(2) == 0, threads: draws.Next(10) == 0 ? 2 : 1, wantImages: wanted != 0, wantParameters: wanted != 1,
            compare: draws.Next(8) == 0);
        if (!strange && draws.Next(10) == 0 && !c.NearsHorizon)
            Close.Case(c, typeof(T) == typeof(float) ? 2e-5 : 1e-12);
    }
}
