namespace Stn.Torch.Files.PyTorch;

/// <summary>A file of <c>torch.save</c>, of either format: a pickle, and the storages that it speaks of.</summary>
internal interface IPyTorchContent : IDisposable
{
    /// <summary>Of the whole file, in bytes.</summary>
    long FileLength { get; }

    /// <summary>What the pickle holds.</summary>
    object? Read();

    /// <summary>The bytes of a storage.</summary>
    byte[] Storage(StorageReference storage);
}
