using Stn.Kernels;
using Stn.Samplers;
using Stn.Transformations;

namespace Stn.Tests;

/// <summary>Families and samplers by the names that commands and files use.</summary>
public sealed class NamesTests
{
    [Fact]
    public void Every_family_is_found_by_its_own_name_with_its_identity()
    {
        foreach (var name in FamilyNames.All)
        {
            double[] identity = [.. Families.Make(name, new Plane(4, 6)).Identity];
            var member = FamilyNames.Find(name, identity);
            Assert.Equal((name, identity.Length), (member.Family.Name, member.Theta.Count));
        }

        Assert.Equal(3, Assert.IsType<MeshTransformation>(FamilyNames.Find("mesh", new double[18]).Family).Side);
    }

    [Fact]
    public void What_is_no_family_or_no_theta_of_it_is_refused_with_what_would_be_right()
    {
        Assert.Contains("there is no transformation 'warp'; there are identity, ", Refused("warp"), StringComparison.Ordinal);
        Assert.Contains("θ of attention has 3 parameters, got 2", Refused("attention", 1, 2), StringComparison.Ordinal);
        Assert.Contains("(8, 18, 32, …), got 9", Refused("tps", new double[9]), StringComparison.Ordinal);
        Assert.Contains("got 2", Refused("mesh", 1, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sampler_is_found_by_its_own_name_with_the_padding_asked_for()
    {
        Assert.Equal("bilinear", SamplerNames.All[0]); // the default of commands
        foreach (var name in SamplerNames.All)
        {
            var sampler = SamplerNames.Find(name)(Padding.Border);
            Assert.Equal(name, sampler.Name);
            Assert.Equal(Padding.Border, sampler.Kernel!.Value.Padding);
        }

        var error = Assert.Throws<ArgumentException>(() => SamplerNames.Find("cubic"));
        Assert.Contains("'cubic'; there are bilinear, nearest, bicubic, antialiased", error.Message, StringComparison.Ordinal);
    }

    private static string Refused(string name, params double[] theta) =>
        Assert.Throws<ArgumentException>(() => FamilyNames.Find(name, theta)).Message;
}
