using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Every warp, sampler, padding and convention against the plain oracle, at odd sizes and strange values.</summary>
public class OracleTests
{
    [Theory]
    [InlineData(Kind.Affine)]
    [InlineData(Kind.Projective)]
    [InlineData(Kind.Grid)]
    [InlineData(Kind.Basis)]
    [InlineData(Kind.Affine3D)]
    [InlineData(Kind.Grid3D)]
    [InlineData(Kind.Spline)]
    public void Float_kernels_match_the_oracle(Kind kind)
    {
        var draws = new Draws((int)kind);
        for (var i = 0; i < 150; i++)
            Close.Case(draws.Case<float>(draws.Setting(kind)), 2e-5);
    }

    [Theory]
    [InlineData(Kind.Affine)]
    [InlineData(Kind.Projective)]
    [InlineData(Kind.Grid)]
    [InlineData(Kind.Basis)]
    [InlineData(Kind.Affine3D)]
    [InlineData(Kind.Grid3D)]
    [InlineData(Kind.Spline)]
    public void Double_kernels_match_the_oracle(Kind kind)
    {
        var draws = new Draws(10 + (int)kind);
        for (var i = 0; i < 40; i++)
            Close.Case(draws.Case<double>(draws.Setting(kind, most: 16)), 1e-12);
    }
}
