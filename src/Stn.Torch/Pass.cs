namespace Stn.Torch;

/// <summary>How a network is run this once: what differs between training and inference is an argument, never a hidden mode.</summary>
public sealed class Pass
{
    /// <summary>Dropout passes everything, batch norm uses its running statistics.</summary>
    public static Pass Inference { get; } = new();

    /// <summary>Dropout drops, batch norm uses and updates the batch's statistics.</summary>
    public static Pass Training { get; } = new() { IsTraining = true };

    /// <summary>Whether the network is being trained.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Sees named values on their way through the network: the θ of each spatial transformer, for one. The tensor is valid during the call.</summary>
    public Action<Module, string, Tensor>? Observer { get; init; }

    /// <summary>
    /// Puts another tensor in the place of a named value, or gives the same one back; an <see cref="Observer"/> sees what it gives. For
    /// guards that work on gradients.
    /// </summary>
    public Func<Module, string, Tensor, Tensor>? Replace { get; init; }

    /// <summary>For a module: shows a named value to whoever looks.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">The value's name.</param>
    /// <param name="value">The value; freed if another one takes its place.</param>
    /// <returns>The value to go on with.</returns>
    public Tensor See(Module module, string name, Tensor value)
    {
        var seen = Replace is null ? value : Replace(module, name, value);
        if (seen != value)
            value.Dispose(); // the graph holds what it needs of it
        Observer?.Invoke(module, name, seen);
        return seen;
    }
}
