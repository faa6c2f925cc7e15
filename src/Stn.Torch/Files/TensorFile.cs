namespace Stn.Torch.Files;

/// <summary>The content of a file of named tensors.</summary>
/// <param name="Tensors">The tensors by name, in the file's order.</param>
/// <param name="Metadata">Texts by name, in the file's order; empty where the file has none.</param>
public sealed record TensorFile(
    IReadOnlyDictionary<string, HostTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
