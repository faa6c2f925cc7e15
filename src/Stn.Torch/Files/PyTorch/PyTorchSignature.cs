namespace Stn.Torch.Files.PyTorch;

/// <summary>Tells the formats that bear the name .pt apart by their first bytes.</summary>
internal static class PyTorchSignature
{
    private const int TarMagicPosition = 257;
    private const string Advice = "load it with torch.load and save it again with a current torch.save.";

    /// <summary>Refuses what is not a zip archive, and says what it is; leaves the stream at its begin.</summary>
    public static void RequireZip(Stream stream)
    {
        Span<byte> buffer = stackalloc byte[512];
        var start = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK"u8))
            return;
        // PROTO 2, then the ten-byte number 0x1950a86a20f9469cfc6c: what torch.save wrote before 1.6.
        if (start.Length > 14 && start[0] == Opcode.Proto && start[2..].StartsWith<byte>([Opcode.Long1, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]))
            throw new InvalidDataException($"this is a file of PyTorch before 1.6 (not a zip archive); {Advice}");
        if (start.Length > TarMagicPosition && start[TarMagicPosition..].StartsWith("ustar"u8))
            throw new InvalidDataException($"this is a tar archive, the format of the first PyTorch versions; {Advice}");
        throw new InvalidDataException("this is not a zip archive, so not a file of torch.save (PyTorch 1.6 or later).");
    }
}
