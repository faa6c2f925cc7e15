using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>A backbone up to its last feature map: what a localisation network sees that is a standard network itself (paper, appendix A.6).</summary>
public sealed class BackboneFeatures : Composite
{
    private readonly Backbone _backbone;

    /// <summary>Takes over a backbone without a classifier, as the part <c>backbone</c>.</summary>
    public BackboneFeatures(Backbone backbone)
        : base(("backbone", backbone)) => _backbone = backbone;

    /// <summary>The feature map, (N, Features, ⌈H/32⌉, ⌈W/32⌉).</summary>
    public override Tensor Forward(Tensor input, Pass pass) => _backbone.FeatureMap(input, pass);
}
