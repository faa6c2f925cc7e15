using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_is_created_and_nothing_else()
    {
        AtomicFile.WriteAllText(_folder["a.txt"], "grün");
        Assert.Equal("grün"u8.ToArray(), File.ReadAllBytes(_folder["a.txt"]));
        AssertOnlyFile("a.txt");
    }

    [Fact]
    public void An_old_file_is_replaced()
    {
        File.WriteAllText(_folder["a.txt"], "a long old text");
        AtomicFile.WriteAllText(_folder["a.txt"], "new");
        Assert.Equal("new", File.ReadAllText(_folder["a.txt"]));
        AssertOnlyFile("a.txt");
    }

    [Fact]
    public void The_old_file_is_there_until_the_new_one_is_whole()
    {
        File.WriteAllText(_folder["a.txt"], "old");
        AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        });
        Assert.Equal("new", File.ReadAllText(_folder["a.txt"]));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_says_so()
    {
        File.WriteAllText(_folder["a.txt"], "old");
        var full = new IOException("No space left on device", 28);
        var failure = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write(new byte[10_000]);
            throw full;
        }));
        Assert.Contains($"'{_folder["a.txt"]}': No space left on device The previous version of the file is intact.", failure.Message, StringComparison.Ordinal);
        Assert.Same(full, failure.InnerException);
        Assert.Equal(28, failure.HResult);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        AssertOnlyFile("a.txt");
    }

    [Fact]
    public void A_failure_without_an_old_file_says_that_none_was_left()
    {
        var failure = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a.txt"], _ => throw new IOException("broken.")));
        Assert.EndsWith("broken. No file was left there.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void An_exception_of_the_caller_passes_as_it_is()
    {
        Assert.Throws<ArithmeticException>(() => AtomicFile.Write(_folder["a.txt"], _ => throw new ArithmeticException()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var failure = Assert.Throws<IOException>(() => AtomicFile.WriteAllText(_folder["none/a.txt"], ""));
        Assert.Contains(_folder["none/a.txt"], failure.Message, StringComparison.Ordinal);
        Assert.IsType<DirectoryNotFoundException>(failure.InnerException);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_left_alone()
    {
        Directory.CreateDirectory(_folder["a.txt"]);
        Assert.Throws<IOException>(() => AtomicFile.WriteAllText(_folder["a.txt"], "text"));
        Assert.Equal([_folder["a.txt"]], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private void AssertOnlyFile(string name) =>
        Assert.Equal([_folder[name]], Directory.EnumerateFileSystemEntries(_folder.Path));
}
