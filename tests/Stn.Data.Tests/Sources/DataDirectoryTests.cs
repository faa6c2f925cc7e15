using Stn.Data.Sources;

namespace Stn.Data.Tests.Sources;

public sealed class DataDirectoryTests : IDisposable
{
    private static readonly byte[] s_content = [1, 2, 3, 4];
    private static readonly DataFile s_file = Synthetic.FileOf("numbers", s_content);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_with_the_right_bytes_is_installed_and_found()
    {
        var directory = new DataDirectory(_folder.Of("new"));
        Assert.False(directory.Has(s_file));
        await directory.InstallAsync(s_file, new MemoryStream(s_content), "memory", default);
        Assert.True(directory.Has(s_file));
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "memory: byte 3: the content ends here, numbers should have 4 bytes")]
    [InlineData(new byte[] { 1, 2, 3, 4, 5 }, "memory: byte 4: more bytes follow, numbers should end here")]
    [InlineData(new byte[] { 1, 2, 3, 9 }, "memory: this is not numbers: its SHA-256 is")]
    public async Task A_file_with_other_bytes_is_refused_and_leaves_nothing(byte[] content, string expected)
    {
        var directory = new DataDirectory(_folder.Path);
        var error = await Assert.ThrowsAsync<DataFormatException>(
            () => directory.InstallAsync(s_file, new MemoryStream(content), "memory", default));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_file_of_the_right_length_but_other_bytes_is_not_taken_for_the_right_one()
    {
        _folder.Write("numbers", [4, 3, 2, 1]);
        Assert.False(new DataDirectory(_folder.Path).Has(s_file));
    }
}
