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
    [InlineData(Kind.Spline)]
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
    public void Batches_of_several_blocks_give_what_single_images_give()
    {
        // Gradients go in blocks of 2730 images of one tile, and of 16 with so many functions and tiles.
        var small = new Setting(
            Kind.Affine, 3000, 1, new Volume(1, 4, 5), new Volume(1, 3, 4), Sampling.Linear(), AlignCorners.False);
        var large = new Setting(
            Kind.Basis, 20, 1, new Volume(1, 9, 9), new Volume(1, 100, 170), Sampling.Linear(), AlignCorners.False, Functions: 250);
        var mirrored = new Setting(
            Kind.Spline, 20, 1, new Volume(1, 9, 9), new Volume(1, 101, 171), Sampling.Linear(), AlignCorners.False);
        foreach (var setting in new[] { small, large, mirrored })
        {
            var c = new Draws(5).Case<float>(setting);
            var (gradients, again) = (c.Backward(), c.Backward(threads: 3));
            Assert.Equal(gradients.Images, again.Images);
            Assert.Equal(gradients.Parameters, again.Parameters);
            Assert.Equal(gradients.Basis, again.Basis);
            foreach (var image in new[] { 0, 15, 16, 19, setting.Count - 1 })
            {
                var alone = c.Image(image).Backward();
                Assert.Equal(alone.Images, gradients.Images.Chunk(alone.Images.Length).ElementAt(image));
                Assert.Equal(alone.Parameters, gradients.Parameters.Chunk(alone.Parameters.Length).ElementAt(image));
            }
        }
    }

    [Fact]
    public async Task Many_threads_may_call_at_once()
    {
        // Of every warp a case of one tile and one of several.
        var cases = Enumerable.Range(0, 14).Select(seed =>
        {
            var (draws, kind, side) = (new Draws(seed), (Kind)(seed % 7), seed < 7 ? 50 : 110);
            var size = new Volume(kind is Kind.Affine3D or Kind.Grid3D ? 9 : 1, side, side + 10);
            return draws.Case<float>(draws.Setting(kind) with { Count = 2, Channels = 3, Source = size, Target = size });
        }).ToArray();
        var expected = cases.Select(c => (Values: c.Forward(), Gradients: c.Backward())).ToArray();
        var callers = Enumerable.Range(0, 24).Select(caller => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 6; round++)
                {
                    var i = (caller + round) % cases.Length;
                    Assert.Equal(expected[i].Values, cases[i].Forward(threads: 1 + (round % 4)));
                    var gradients = cases[i].Backward(threads: 1 + (caller % 4));
                    Assert.Equal(expected[i].Gradients.Images, gradients.Images);
                    Assert.Equal(expected[i].Gradients.Parameters, gradients.Parameters);
                    Assert.Equal(expected[i].Gradients.Basis, gradients.Basis);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(callers);
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
