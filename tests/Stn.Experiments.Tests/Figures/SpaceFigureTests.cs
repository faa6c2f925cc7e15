using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Figures;
using Stn.Testing;

namespace Stn.Experiments.Tests.Figures;

public sealed class SpaceFigureTests : TensorTest
{
    [Fact]
    public void Each_digit_has_a_row_of_its_volume_what_was_sampled_and_the_projection()
    {
        var network = Own(ExperimentCatalogue.Find("3d/st-cnn").Network());
        var set = VolumeSet.Test(GlyphDigits.Of(20));
        var figure = SpaceFigure.Draw(network, set, [3, 7]);
        Assert.Equal((44 + (2 * 200), 20 + (3 * 200)), (figure.Height, figure.Width));

        // A new network's transformer is the identity: the projection is that of the volume itself, three pixels a voxel.
        var values = new float[60 * 60 * 60];
        set.Render(3, 0, values, new long[1]);
        var sums = new float[3600];
        for (var i = 0; i < values.Length; i++)
            sums[i % 3600] += values[i];
        for (var pixel = 0; pixel < 3600; pixel += 7)
        {
            var expected = (int)MathF.Round(sums[pixel] / sums.Max() * 255);
            Assert.InRange(figure.At(44 + (pixel / 60 * 3) + 1, 420 + (pixel % 60 * 3) + 1)[0], expected - 1, expected + 1);
        }
    }

    [Fact]
    public void A_network_without_a_transformer_of_volumes_is_refused()
    {
        var network = Own(ExperimentCatalogue.Find("3d/cnn").Network());
        Assert.Throws<ArgumentException>(() => SpaceFigure.Draw(network, VolumeSet.Test(GlyphDigits.Of(20)), [0]));
    }
}
