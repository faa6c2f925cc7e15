using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Layers;

/// <summary>The layers of standard networks against plain loops.</summary>
public sealed class NetworkLayerTests : TensorTest
{
    private static readonly long[] _shape = [2, 4, 7, 5];

    private readonly Tensor _image = Tensor.RandomNormal(_shape);

    [Theory]
    [InlineData(3, 2, 1, false)]
    [InlineData(3, 2, 0, true)]
    [InlineData(3, 1, 1, false)]
    [InlineData(2, 3, 1, true)]
    public void Pooling_with_stride_and_padding(int size, int stride, int padding, bool ceil)
    {
        var largest = Pool(size, stride, padding, ceil, (inside, _) => inside.Max());
        AssertClose.Values(largest, new MaxPool2d(size, ceil, stride, padding).Forward(_image).ToArray<float>());
        var mean = Pool(size, stride, padding, ceil, (inside, padded) => inside.Sum() / padded);
        AssertClose.Values(mean, new AvgPool2d(size, ceil, stride, padding).Forward(_image).ToArray<float>());
    }

    [Fact]
    public void Adaptive_pooling_to_one_place_is_the_mean_of_all() => AssertClose.Tensors(
        _image.Mean([2, 3], keep: true), new AdaptiveAvgPool2d(1, 1).Forward(_image));

    [Fact]
    public void Adaptive_pooling_splits_sides_that_it_divides_into_windows() => AssertClose.Tensors(
        Functional.AvgPool2d(_image.Narrow(2, 0, 6).Narrow(3, 0, 4), 2), new AdaptiveAvgPool2d(3, 2).Forward(_image.Narrow(2, 0, 6).Narrow(3, 0, 4)));

    [Fact]
    public void Groups_are_convolutions_side_by_side()
    {
        using var conv = new Conv2d(4, 6, 3, stride: 2, padding: 1, groups: 2, bias: false);
        Assert.Equal([6, 2, 3, 3], conv.Weight.Value.Shape);
        Assert.Null(conv.Bias);
        Assert.Equal(["weight"], conv.Parameters().Select(p => p.Name));
        var weight = conv.Weight.Value.Detach();
        var apart = Enumerable.Range(0, 2).Select(i =>
            Functional.Conv2d(_image.Narrow(1, 2 * i, 2), weight.Narrow(0, 3 * i, 3), null, 2, 1)).ToArray();
        AssertClose.Tensors(Tensor.Concatenate(apart, 1), conv.Forward(_image).Detach());
        Assert.Contains("3 groups do not divide 4 and 6 channels", Assert.Throws<ArgumentException>(() => new Conv2d(4, 6, 3, groups: 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2d(4, 6, 3, groups: 0));
    }

    [Fact]
    public void Dropout_of_channels_drops_whole_ones()
    {
        TorchRuntime.Seed(4);
        var ones = Tensor.Ones([50, 200, 2, 3]);
        var dropped = new Dropout2d(0.25).Forward(ones, Pass.Training).ToArray<float>();
        var channels = dropped.Chunk(6).ToArray();
        Assert.All(channels, channel => Assert.Single(channel.Distinct()));
        Assert.InRange(channels.Count(channel => channel[0] == 0), 2300, 2700);
        Assert.Equal(ones.ToArray<float>(), new Dropout2d(0.25).Forward(ones).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout2d(1));
    }

    // What the window holds of the image, and how many places of image and padding it covers.
    private float[] Pool(int size, int stride, int padding, bool ceil, Func<float[], int, float> of)
    {
        var (pixels, height, width) = (_image.ToArray<float>(), (int)_shape[2], (int)_shape[3]);
        var output = new List<float>();
        foreach (var plane in pixels.Chunk(height * width))
        {
            for (var y = -padding; Fits(y, height); y += stride)
            {
                for (var x = -padding; Fits(x, width); x += stride)
                {
                    var inside = from i in Enumerable.Range(y, size)
                                 from j in Enumerable.Range(x, size)
                                 where i >= 0 && i < height && j >= 0 && j < width
                                 select plane[(i * width) + j];
                    output.Add(of([.. inside], Covered(y, height) * Covered(x, width)));
                }
            }
        }

        return [.. output];

        bool Fits(int start, int length) => ceil ? start < length && start + size < length + padding + stride : start + size <= length + padding;

        int Covered(int start, int length) => Math.Min(start + size, length + padding) - start;
    }
}
