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
}
