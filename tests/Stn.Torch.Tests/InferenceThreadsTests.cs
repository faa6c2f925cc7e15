using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests;

/// <summary>One network, many threads at once, as in a web server.</summary>
public sealed class InferenceThreadsTests : TensorTest
{
    [Fact]
    public void Eight_threads_get_the_same_bits_as_one()
    {
        using var network = new Sequential(new Conv2d(1, 8, 5), new BatchNorm2d(8), new Relu(), new MaxPool2d(2), new Flatten(), new Dropout(0.5), new Linear(8 * 144, 10));
        var images = Enumerable.Range(0, 8).Select(_ => Tensor.RandomNormal([4, 1, 28, 28])).ToArray();
        var expected = images.Select(image => Run(network, image)).ToArray();
        var live = Tensor.LiveCount;
        NewThreads.Run(8, number =>
        {
            for (var round = 0; round < 30; round++)
            {
                var image = (number + round) % images.Length;
                Assert.Equal(expected[image], Run(network, images[image]));
            }
        });
        Assert.Equal(live, Tensor.LiveCount);
    }

    private static float[] Run(Module network, Tensor image)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        return network.Forward(image).Softmax(1).ToArray<float>();
    }
}
