using System.Buffers.Binary;
using System.IO.Compression;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

/// <summary>The zip archive around a state_dict: what must be in it, and what a hostile one may not do.</summary>
public sealed class PyTorchArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["a.pt"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_little_endian_mark_is_read_and_a_big_endian_one_refused()
    {
        PickleText.Save(Path, PickleText.OneTensor(), 24, ("x/byteorder", "little"u8.ToArray()));
        Assert.Single(PyTorchFile.ReadStateDict(Path));
        File.Delete(Path);
        PickleText.Save(Path, PickleText.OneTensor(), 24, ("x/byteorder", "big"u8.ToArray()));
        AssertRefused("big-endian");
    }

    [Fact]
    public void Two_entries_of_one_name_are_refused()
    {
        PickleText.Save(Path, PickleText.OneTensor(), 24, ("x/data/0", new byte[24]));
        AssertRefused("two entries named 'x/data/0'");
    }

    [Fact]
    public void A_compressed_entry_is_refused_whatever_it_unfolds_into()
    {
        using (var zip = ZipFile.Open(Path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("x/data.pkl");
            using var entry = zip.CreateEntry("x/data/0", CompressionLevel.Optimal).Open();
            entry.Write(new byte[1 << 20]);
        }

        AssertRefused("'x/data/0' is compressed");
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_refused()
    {
        PickleText.Save(Path, PickleText.OneTensor(), 24, ("x/data/1", new byte[10_000]), ("x/data/2", new byte[8]));
        // The last entry in the table of contents now claims the size of the one before.
        EditDirectory(entry: 3, at: 20, 10_000);
        EditDirectory(entry: 3, at: 24, 10_000);
        AssertRefused("more bytes than the file has");
    }

    [Fact]
    public void An_entry_larger_than_the_file_is_refused()
    {
        PickleText.Save(Path, PickleText.OneTensor());
        EditDirectory(entry: 1, at: 20, 0x7fff_fff0);
        EditDirectory(entry: 1, at: 24, 0x7fff_fff0);
        AssertRefused("");
    }

    [Fact]
    public void A_changed_byte_is_found_by_the_checksum()
    {
        PickleText.Save(Path, PickleText.OneTensor());
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[20, 21, 22, 23])]++;
        File.WriteAllBytes(Path, bytes);
        AssertRefused("checksum of 'x/data/0' is wrong");
    }

    [Fact]
    public void An_archive_of_something_else_is_refused()
    {
        using (var zip = ZipFile.Open(Path, ZipArchiveMode.Create))
            zip.CreateEntry("readme.txt");
        AssertRefused("without data.pkl");
    }

    [Fact]
    public void An_empty_archive_is_refused()
    {
        ZipFile.Open(Path, ZipArchiveMode.Create).Dispose();
        AssertRefused("without data.pkl");
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        PickleText.Save(Path, PickleText.OneTensor());
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^30]);
        AssertRefused("");
    }

    private void EditDirectory(int entry, int at, uint value)
    {
        var bytes = File.ReadAllBytes(Path);
        var position = -1;
        for (var i = 0; i <= entry; i++)
            position += 1 + bytes.AsSpan(position + 1).IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position + at), value);
        File.WriteAllBytes(Path, bytes);
    }

    private void AssertRefused(string part) => SampleTensors.AssertRefused(Path, path => PyTorchFile.ReadStateDict(path), part);
}
