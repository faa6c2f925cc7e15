using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Any number of threads gives the same bits, and any number of threads may call.</summary>
public class ThreadTests
{
    public static TheoryData<Kind, Interpolation> Large()
    {
        var cases = new TheoryData<Kind, Interpolation>();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            cases.Add(kind, Interpolation.Linear);
            cases.Add(kind, Interpolation.Nearest);
            if (kind is not (Kind.Affine3D or Kind.Grid3D))
            {
                cases.Add(kind, Interpolation.Cubic);
                cases.Add(kind, Interpolation.AntiAliased);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void The_bits_do_not_depend_on_the_number_of_threads(Kind kind, Interpolation interpolation)
    {
        var draws = new Draws(1);
        foreach (var (count, channels) in new[] { (1, 3), (3, 9) })
        {
            // Several tiles in each direction.
            var size = kind is Kind.Affine3D or Kind.Grid3D ? new Volume(40, 41, 43) : new Volume(1, 150, 170);
            var source = interpolation == Interpolation.AntiAliased ? Coarsened(kind) : size;
            var setting = new Setting(kind, count, kind is Kind.Affine3D or Kind.Grid3D ? 1 : channels, source, size,
                new Sampling(interpolation, Padding.Zeros), AlignCorners.False);
            var c = draws.Case<float>(setting);
            var (values, gradients) = (c.Forward(), c.Backward());
            foreach (var threads in new[] { 2, 3, 7 })
            {
                Assert.Equal(values, c.Forward(threads));
                var again = c.Backward(threads);
                Assert.Equal(gradients.Images, again.Images);
                Assert.Equal(gradients.Parameters, again.Parameters);
                Assert.Equal(gradients.Basis, again.Basis);
            }
        }
    }

    // A source that the target coarsens; random grids and bases read all of it at every point.
    private static Volume Coarsened(Kind kind) => kind is Kind.Grid or Kind.Basis ? new Volume(1, 9, 11) : new Volume(1, 310, 370);

    [Theory]
    [InlineData(Kind.Affine)]
    [InlineData(Kind.Grid)]
    [InlineData(Kind.Affine3D)]
    public void Targets_of_many_tiles_match_the_oracle(Kind kind)
    {
        var draws = new Draws(2);
        var size = kind == Kind.Affine3D ? new Volume(30, 41, 70) : new Volume(1, 150, 170);
        foreach (var padding in new[] { Padding.Zeros, Padding.Border })
        {
            var setting = new Setting(kind, 1, 2, size, size, Sampling.Linear(padding), AlignCorners.False);
            Close.Case(draws.Case<float>(setting), 4e-5);
        }
    }

    [Fact]
    public void Eight_threads_may_call_at_once()
    {
        var cases = Enumerable.Range(0, 8).Select(seed =>
        {
            var draws = new Draws(seed);
            return draws.Case<float>(draws.Setting((Kind)(seed % 6)) with { Count = 3, Source = new Volume(seed % 6 > 3 ? 9 : 1, 60, 50) });
        }).ToArray();
        var expected = cases.Select(c => (Values: c.Forward(), Gradients: c.Backward())).ToArray();
        var callers = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            for (var round = 0; round < 20; round++)
            {
                var c = cases[(i + round) % 8];
                Assert.Equal(expected[(i + round) % 8].Values, c.Forward(threads: 3));
                Assert.Equal(expected[(i + round) % 8].Gradients.Images, c.Backward(threads: 3).Images);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
    }

    [Fact]
    public void Gradients_come_only_when_asked_for()
    {
        var draws = new Draws(4);
        foreach (var kind in Enum.GetValues<Kind>())
        {
            var c = draws.Case<float>(draws.Setting(kind) with { Count = 2, Sampling = Sampling.Linear() });
            var all = c.Backward();
            Assert.Equal(all.Images, c.Backward(parameters: false, basis: false).Images);
            Assert.Equal(all.Parameters, c.Backward(images: false, basis: false).Parameters);
            Assert.Equal(all.Basis, c.Backward(images: false, parameters: false).Basis);
            Assert.Empty(c.Backward(images: false, parameters: false, basis: false).Images);
        }
    }

    [Fact]
    public void The_default_number_of_threads_is_checked() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => KernelThreads.Default = 0);
}
