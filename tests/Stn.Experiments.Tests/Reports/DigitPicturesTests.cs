using Stn.Data;
using Stn.Data.Distortions;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Tests.Reports;

public sealed class DigitPicturesTests : TensorTest
{
    private const int Side = 42 * 3;
    private static readonly double[] Identity = [1, 0, 0, 0, 1, 0];
    private static readonly string[] Names = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
    private static readonly DistortedSet Set = DistortedSet.Test(GlyphDigits.Of(20), new RtsDistortion());
    private readonly Module _network;
    private readonly DigitPictures _pictures;

    public DigitPicturesTests()
    {
        _network = Own(ExperimentCatalogue.Find("rts/st-cnn-aff").Network());
        _pictures = new DigitPictures(_network, Set, Names);
    }

    [Fact]
    public void The_left_half_is_the_input_and_the_right_half_what_the_transformer_made_of_it()
    {
        var picture = _pictures.Draw(Of(3, Identity));
        Assert.Equal((Side, (2 * Side) + 4), (picture.Height, picture.Width));
        var pixels = new byte[42 * 42];
        Set.Render(3, 0, pixels);
        for (var row = 2; row < 40; row++)
        {
            for (var column = 2; column < 40; column++)
            {
                var expected = pixels[(row * 42) + column];
                Assert.Equal(expected, picture.At((row * 3) + 1, (column * 3) + 1)[0]);
                Assert.InRange(picture.At((row * 3) + 1, Side + 4 + (column * 3) + 1)[0], expected - 1, expected + 1);
            }
        }
    }

    [Fact]
    public void The_outline_lies_where_the_transformer_reads()
    {
        // The right half of the image, at half the size: from the middle to the edge along x, 10.5 to 31.5 along y.
        var picture = _pictures.Draw(Of(0, [0.5, 0, 0.5, 0, 0.5, 0]));
        Assert.True(IsOutline(picture.At(Side / 2, Side / 2)));
        Assert.True(IsOutline(picture.At(Side / 4, Side * 3 / 4)));
        Assert.False(IsOutline(picture.At(Side / 2, Side / 4)));
    }

    [Fact]
    public void A_region_outside_the_image_does_not_spill_into_the_right_half()
    {
        var picture = _pictures.Draw(Of(0, [3, 0, 1, 0, 3, 1]));
        for (var column = Side; column < Side + 4; column++)
            Assert.Equal(255, picture.At(Side / 2, column)[2]);
    }

    [Fact]
    public void A_network_without_a_transformer_shows_the_input_alone()
    {
        using var plain = ExperimentCatalogue.Find("rts/cnn-pooled").Network();
        Assert.Equal(Side, new DigitPictures(plain, Set, Names).Draw(Of(0, null)).Width);
    }

    [Fact]
    public void Of_transformers_in_depth_each_shows_what_it_reads_through_those_before_it()
    {
        // The first turns by a right angle, the second reads the left half of what the first gives: the lower or the upper half of the image.
        using var network = new Sequential(("one", Transformer(0, 1, 0, -1, 0, 0)), ("relu", new Relu()), ("two", Transformer(0.5f, 0, -0.5f, 0, 0.5f, 0)));
        var picture = new DigitPictures(network, Set, Names).Draw(Of(0, Identity));
        Assert.Equal(Side + (2 * (Side + 4)), picture.Width);

        // The target point (−0.5, 0) of the first is the source point (0, 0.5): a square about it, half as large as the image.
        Assert.True(IsBlue(picture.At(Side / 2, Side / 2)));
        Assert.True(IsBlue(picture.At(Side * 3 / 4, Side / 4)));
        Assert.False(IsBlue(picture.At(Side / 2, Side / 8)));
        Assert.False(IsBlue(picture.At(Side / 4, Side / 2)));
    }

    [Fact]
    public void A_film_shows_where_several_transformers_looked_then_not_where_they_look_now()
    {
        using var folder = new TemporaryFolder();
        using var network = new Sequential(
            ("one", Transformer(1, 0, 0, 0, 1, 0)), ("two", Transformer(1, 0, 0, 0, 1, 0)), ("flatten", new Flatten()), ("classes", new Linear(42 * 42, 10)));
        using var film = new LearningFilm(folder.Path, Set, Names);
        film.Begin(0, 1);
        film.Look(network, 0, Device.Cpu);
        SetTheta(network, "one", 0.5f, 0, 0.25f, 0, 0.5f, 0);
        SetTheta(network, "two", 0.5f, 0, 0, 0, 0.5f, 0);
        film.Look(network, 1, Device.Cpu);
        var drawn = film.Draw(network);
        SetTheta(network, "one", 0.7f, 0, 0, 0, 0.7f, 0);
        Assert.Equal(drawn, film.Draw(network));

        var frames = MetricsLog.Frames(Path.Combine(folder.Path, "snapshots.jsonl"));
        Assert.Equal([0, 1], frames.Select(frame => frame.Step));
        Assert.All(frames[0].Thetas, thetas => Assert.Equal([Identity, Identity], thetas));
        Assert.All(frames[1].Thetas, thetas => Assert.Equal([[0.5, 0, 0.25, 0, 0.5, 0], [0.5, 0, 0, 0, 0.5, 0]], thetas));

        var pictures = new DigitPictures(network, Set, Names);
        Assert.False(pictures.Draw(3, frames[0].Thetas[3]).Pixels.SequenceEqual(pictures.Draw(3, frames[1].Thetas[3]).Pixels));
    }

    private static SpatialTransformer Transformer(params float[] theta)
    {
        var transformer = new SpatialTransformer(LocalisationNetwork.FullyConnected(1, new Kernels.Plane(42, 42), new AffineTransformation()), new AffineTransformation());
        SetTheta(transformer, string.Empty, theta);
        return transformer;
    }

    private static void SetTheta(Module network, string part, params float[] theta)
    {
        using var recording = new NoGrad();
        network.Parameters().Single(p => p.Name.StartsWith(part, StringComparison.Ordinal) && p.Name.EndsWith("theta.bias", StringComparison.Ordinal))
            .Parameter.Value.CopyFrom(Tensor.From(theta, theta.Length));
    }

    [Fact]
    public void A_sheet_shows_all_predictions()
    {
        var small = _pictures.Sheet("two", [Of(0, Identity), Of(1, Identity)], 2);
        var large = _pictures.Sheet("four", [Of(0, Identity), Of(1, Identity), Of(2, Identity), Of(3, Identity)], 2);
        Assert.Equal(small.Width, large.Width);
        Assert.True(large.Height > small.Height + Side);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e30)]
    public void A_transformer_that_went_astray_can_still_be_drawn(double value) =>
        Assert.Equal(Side, _pictures.Draw(Of(0, [value, 0, value, 0, value, 0])).Height);

    private static Prediction Of(int index, double[]? theta) => new(index, [index % 10], [index % 2], 0.5f, 0.5f, theta);

    private static bool IsBlue(Span<byte> pixel) => pixel[0] < 120 && pixel[2] > 180;

    private static bool IsOutline(Span<byte> pixel) => pixel[0] > 150 && pixel[2] < 100;
}
