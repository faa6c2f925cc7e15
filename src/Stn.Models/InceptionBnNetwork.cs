using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>Inception with batch norm as its Caffe weights have it, which differs a little from the table of Ioffe and Szegedy.</summary>
internal static class InceptionBnNetwork
{
    private const int StemWidth = 64;
    private const int FirstInputs = 192;

    private static readonly (string Name, InceptionBranches Branches)[] _blocks =
    [
        ("3a", new(64, 64, 64, 64, 96, 32)),
        ("3b", new(64, 64, 96, 64, 96, 64)),
        ("3c", InceptionBranches.Halving(128, 160, 64, 96)),
        ("4a", new(224, 64, 96, 96, 128, 128)),
        ("4b", new(192, 96, 128, 96, 128, 128)),
        ("4c", new(160, 128, 160, 128, 160, 128)),
        ("4d", new(96, 128, 192, 160, 192, 128)),
        ("4e", InceptionBranches.Halving(128, 192, 192, 256)),
        ("5a", new(352, 192, 320, 160, 224, 128)),
        ("5b", new(352, 192, 320, 192, 224, 128, MaxPool: true)),
    ];

    public static Backbone Create(int classes, int channels)
    {
        var stages = new List<BackboneStage>(Stem(channels));
        var inputs = FirstInputs;
        foreach (var (name, branches) in _blocks)
        {
            var block = $"inception_{name}";
            stages.Add(new(block, new InceptionBlock(block, inputs, branches), flat: true));
            inputs = branches.Outputs(inputs);
        }

        return HeInitialisation.Start(new Backbone(
            inputs, stages, new("global_pool", new AdaptiveAvgPool2d(1, 1)),
            classes == 0 ? null : new("last_linear", new Linear(inputs, classes))));
    }

    private static BackboneStage[] Stem(int channels) =>
    [
        new("conv1_7x7_s2", new Conv2d(channels, StemWidth, 7, stride: 2, padding: 3)),
        new("conv1_7x7_s2_bn", new BatchNorm2d(StemWidth)),
        new("conv1_relu_7x7", new Relu()),
        new("pool1_3x3_s2", new MaxPool2d(3, ceil: true, stride: 2)),
        new("conv2_3x3_reduce", new Conv2d(StemWidth, StemWidth, 1)),
        new("conv2_3x3_reduce_bn", new BatchNorm2d(StemWidth)),
        new("conv2_relu_3x3_reduce", new Relu()),
        new("conv2_3x3", new Conv2d(StemWidth, FirstInputs, 3, padding: 1)),
        new("conv2_3x3_bn", new BatchNorm2d(FirstInputs)),
        new("conv2_relu_3x3", new Relu()),
        new("pool2_3x3_s2", new MaxPool2d(3, ceil: true, stride: 2)),
    ];
}
