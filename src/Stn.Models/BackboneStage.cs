using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>One of the modules that a <see cref="Backbone"/> runs one after the other.</summary>
/// <param name="name">Its name.</param>
/// <param name="part">The module.</param>
/// <param name="flat">
/// Whether its parts stand in the backbone's own list, as <c>name_part</c>: weights that come from Caffe have names without dots.
/// </param>
internal sealed class BackboneStage(string name, Module part, bool flat = false)
{
    private const string FlatSeparator = "_";

    private Module _part = part;

    public IEnumerable<(string Name, Module Part)> Parts =>
        flat ? _part.Parts.Select(p => ($"{name}{FlatSeparator}{p.Name}", p.Part)) : [(name, _part)];

    public PartSlot Slot
    {
        get
        {
            var slot = new PartSlot(name, _part, part => _part = part);
            return flat ? slot with { Separator = FlatSeparator } : slot;
        }
    }

    /// <summary>Whether batch norm and the ReLU behind it are computed as one.</summary>
    public bool IsRectifiedBy(BackboneStage next) => _part is BatchNorm2d && next._part is Relu;

    /// <summary>Batch norm with ReLU.</summary>
    public Tensor ForwardRectified(Tensor input, Pass pass) => Rectified.Of(_part, input, pass);

    public Tensor Forward(Tensor input, Pass pass) => _part.Forward(input, pass);
}
