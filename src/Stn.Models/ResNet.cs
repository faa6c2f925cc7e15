using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>Residual networks for images of ImageNet's size, put together as torchvision does.</summary>
internal static class ResNet
{
    private const int StandardWidth = 64;

    /// <summary>One block: from so many channels, of this width, with this stride, with this way around it or none.</summary>
    public delegate Module Block(int inputs, int width, int stride, Module? downsample);

    public static Backbone Create(int[] blocks, Block make, int expansion, int classes, int channels, int stemWidth = StandardWidth)
    {
        var stages = new List<BackboneStage>
        {
            new("conv1", new Conv2d(channels, stemWidth, 7, stride: 2, padding: 3, bias: false)),
            new("bn1", new BatchNorm2d(stemWidth)),
            new("relu", new Relu()),
            new("maxpool", new MaxPool2d(3, stride: 2, padding: 1)),
        };
        var inputs = stemWidth;
        for (var i = 0; i < blocks.Length; i++)
        {
            var width = stemWidth << i;
            stages.Add(new($"layer{i + 1}", Layer(blocks[i], make, expansion, inputs, width, stride: i == 0 ? 1 : 2)));
            inputs = width * expansion;
        }

        return HeInitialisation.Start(new Backbone(
            inputs, stages, new("avgpool", new AdaptiveAvgPool2d(1, 1)), classes == 0 ? null : new("fc", new Linear(inputs, classes))));
    }

    // The first block changes the number of channels and the size, and so does the way around it.
    private static Sequential Layer(int blocks, Block make, int expansion, int inputs, int width, int stride)
    {
        var outputs = width * expansion;
        // Before the block, as torchvision does: the same seed then gives the same weights.
        var downsample = stride == 1 && inputs == outputs
            ? null
            : new Sequential(new Conv2d(inputs, outputs, 1, stride, bias: false), new BatchNorm2d(outputs));
        Module[] layer = [make(inputs, width, stride, downsample), .. Enumerable.Range(1, blocks - 1).Select(_ => make(outputs, width, 1, null))];
        return new Sequential(layer);
    }
}
