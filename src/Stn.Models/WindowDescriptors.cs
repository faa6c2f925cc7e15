using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>Images that stand behind each other along the channels, each described by a network of its own, the descriptors one after the other.</summary>
public sealed class WindowDescriptors : Composite
{
    private readonly int _count;
    private readonly int _channels;

    /// <summary>Takes over networks without a classifier, as the parts <c>0</c>, <c>1</c>, ….</summary>
    /// <param name="backbones">One for each image.</param>
    /// <param name="channels">C of an image.</param>
    public WindowDescriptors(IReadOnlyList<Backbone> backbones, int channels = 3)
        : base([.. (backbones ?? throw new ArgumentNullException(nameof(backbones))).Select((backbone, index) => ($"{index}", (Module)backbone))]) =>
        (_count, _channels) = (backbones.Count, channels);

    /// <summary>The descriptors, (N, n·Features), from (N, n·C, H, W).</summary>
    /// <exception cref="ArgumentException">The input has another number of channels.</exception>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Dimensions != 4 || input.Size(1) != _count * _channels)
            throw new ArgumentException($"{_count} images of {_channels} channels are (N, {_count * _channels}, H, W), got {input}", nameof(input));
        return Tensor.Concatenate(
            [.. Enumerable.Range(0, _count).Select(i => Run($"{i}", input.Narrow(1, (long)i * _channels, _channels).Contiguous(), pass))], 1);
    }
}
