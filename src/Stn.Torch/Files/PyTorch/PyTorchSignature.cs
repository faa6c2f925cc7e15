namespace Stn.Torch.Files.PyTorch;

/// <summary>Tells the formats that bear the name .pt apart by their first bytes.</summary>
internal static class PyTorchSignature
{
    private const int TarMagicPosition = 257;

    /// <summary>Opens the file as what it is, or refuses it and says what it is.</summary>
    public static IPyTorchContent Open(FileStream stream)
    {
        Span<byte> buffer = stackalloc byte[512];
        var start = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK"u8))
            return new PyTorchArchive(stream);
        if (start.Length > 14 && start[0] == Opcode.Proto && start[2..].StartsWith(PyTorchStream.Magic))
            return new PyTorchStream(stream);
        throw new InvalidDataException(start.Length > TarMagicPosition && start[TarMagicPosition..].StartsWith("ustar"u8)
            ? "this is a tar archive, the format of the first PyTorch versions; load it with torch.load and save it again with a current torch.save."
            : "this is not a zip archive, and no file of PyTorch before 1.6, so not one of torch.save.");
    }
}
