using Stn.Torch.Layers;

namespace Stn.Torch;

/// <summary>Puts modules between the layers of a network that exists, and finds what reaches a layer.</summary>
public static class Insertion
{
    /// <summary>Puts a module before a layer: what went into the layer goes through the module first.</summary>
    /// <remarks>All parameters keep their names; those of <paramref name="module"/> are <c>layer.name.…</c>.</remarks>
    /// <param name="network">The network; it owns the module from now on.</param>
    /// <param name="layer">The layer's full name, such as <c>layer2</c> or <c>layer2.0.conv1</c>.</param>
    /// <param name="module">What is put there.</param>
    /// <param name="name">The module's name inside the layer.</param>
    /// <exception cref="ArgumentException">There is no such layer, and the text lists those that are there; or the layer has a part of this name.</exception>
    public static void InsertBefore(this Module network, string layer, Module module, string name)
    {
        var slot = network.FindSlot(layer);
        slot.Exchange(new Preceded(name, module, slot.Part));
    }

    /// <summary>Runs the network once, for inference, and finds the shape of what reaches a layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">The layer's full name.</param>
    /// <param name="input">An input of the network.</param>
    /// <returns>The shape of the layer's input, the last one where it runs more than once.</returns>
    /// <exception cref="ArgumentException">There is no such layer, and the text lists those that are there; or nothing reaches it.</exception>
    public static long[] InputShapeOf(this Module network, string layer, Tensor input)
    {
        var slot = network.FindSlot(layer);
        var probe = new ShapeProbe(slot.Part);
        slot.Exchange(probe);
        try
        {
            using var scope = new TensorScope();
            using var recording = new NoGrad();
            network.Forward(input);
        }
        finally
        {
            slot.Exchange(slot.Part);
        }

        return probe.Shape ?? throw new ArgumentException($"no input reaches the layer {layer}: the network does not run it", nameof(layer));
    }

    private static PartSlot FindSlot(this Module network, string layer)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(layer);
        return network.AllSlots().FirstOrDefault(slot => slot.Name == layer) ?? throw new ArgumentException(Explain(network, layer), nameof(layer));
    }

    // A deep network has hundreds of layers: those beside the missing one, or inside what begins as its name does, are named.
    private static string Explain(Module network, string layer)
    {
        var slots = network.AllSlots().ToArray();
        var around = slots.Where(slot => layer.StartsWith(slot.Name + slot.Separator, StringComparison.Ordinal)).MaxBy(slot => slot.Name.Length);
        var prefix = around is null ? string.Empty : around.Name + around.Separator;
        var there = (around?.Part ?? network).Slots.Select(slot => prefix + slot.Name).ToArray();
        var place = around is null ? "the network" : around.Name;
        return there.Length == 0
            ? $"there is no layer '{layer}', and {place} offers none to be exchanged; a module does so by its Slots"
            : $"there is no layer '{layer}'; {place} has {string.Join(", ", there)}";
    }

    private sealed class ShapeProbe(Module layer) : Module
    {
        public long[]? Shape { get; private set; }

        public override Tensor Forward(Tensor input, Pass pass)
        {
            Shape = input.Shape;
            return layer.Forward(input, pass);
        }
    }
}
