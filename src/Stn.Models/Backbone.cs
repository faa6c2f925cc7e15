using Stn.Torch;

namespace Stn.Models;

/// <summary>
/// A network that makes a feature map of an image, a descriptor of the feature map, and classes' logits of the descriptor.
/// <see cref="Backbones"/> makes them.
/// </summary>
public sealed class Backbone : Module
{
    private readonly BackboneStage[] _stages;
    private readonly BackboneStage _pool;
    private readonly BackboneStage? _classifier;

    internal Backbone(int features, IEnumerable<BackboneStage> stages, BackboneStage pool, BackboneStage? classifier)
    {
        Features = features;
        _stages = [.. stages];
        _pool = pool;
        _classifier = classifier;
    }

    /// <summary>The length of a descriptor, and the number of channels of a feature map.</summary>
    public int Features { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [.. All.SelectMany(stage => stage.Parts)];

    /// <inheritdoc/>
    public override IReadOnlyList<PartSlot> Slots => [.. All.Select(stage => stage.Slot)];

    private IEnumerable<BackboneStage> All => _classifier is null ? [.. _stages, _pool] : [.. _stages, _pool, _classifier];

    /// <summary>The last feature map, before the pooling.</summary>
    /// <param name="input">Images, (N, C, H, W), normalised as the weights want it.</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>(N, <see cref="Features"/>, ⌈H/32⌉, ⌈W/32⌉).</returns>
    public Tensor FeatureMap(Tensor input, Pass pass)
    {
        var value = input;
        for (var i = 0; i < _stages.Length; i++)
        {
            value = i + 1 < _stages.Length && _stages[i].IsRectifiedBy(_stages[i + 1])
                ? _stages[i++].ForwardRectified(value, pass)
                : _stages[i].Forward(value, pass);
        }

        return value;
    }

    /// <summary>The descriptor: the mean of the feature map over its places, which the classifier sees.</summary>
    /// <param name="input">Images, (N, C, H, W), normalised as the weights want it.</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>(N, <see cref="Features"/>).</returns>
    public Tensor Describe(Tensor input, Pass pass) => _pool.Forward(FeatureMap(input, pass), pass).Flatten();

    /// <summary>The logits of the classes; without a classifier, the descriptor.</summary>
    /// <param name="input">Images, (N, C, H, W), normalised as the weights want it.</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>(N, classes) or (N, <see cref="Features"/>).</returns>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var descriptor = Describe(input, pass);
        return _classifier is null ? descriptor : _classifier.Forward(descriptor, pass);
    }
}
