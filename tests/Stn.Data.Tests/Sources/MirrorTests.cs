using Stn.Data.Sources;

namespace Stn.Data.Tests.Sources;

public sealed class MirrorTests : IDisposable
{
    // Longer than a buffer and hard to compress, so that a transfer can break in its middle.
    private static readonly byte[] s_content = Synthetic.IdxImages(Synthetic.Digits(600));
    private static readonly byte[] s_compressed = Synthetic.Gzip(s_content);
    private static readonly DataFile s_file = Synthetic.FileOf("digits", s_content);
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_downloaded_unpacked_and_verified()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Whole(s_compressed));
        await FetchAsync(server);
        AssertInstalled();
        Assert.Equal("/digits.gz", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task A_connection_broken_half_way_is_taken_up_where_it_broke()
    {
        var half = s_compressed.Length / 2;
        using var server = new ScriptedServer(request => request.RangeStart is { } start
            ? ScriptedServer.Range(s_compressed, start)
            : ScriptedServer.Cut(ScriptedServer.Whole(s_compressed), half));
        await FetchAsync(server);
        AssertInstalled();
        Assert.Equal([null, s_compressed.Length - half], server.Requests.Select(request => request.RangeStart));
    }

    [Fact]
    public async Task A_later_process_goes_on_where_an_earlier_one_was_cut_off()
    {
        var connections = 0;
        using var server = new ScriptedServer(request => ++connections == 1
            ? ScriptedServer.Cut(ScriptedServer.Whole(s_compressed), 1000)
            : ScriptedServer.Range(s_compressed, request.RangeStart!.Value));
        await Assert.ThrowsAsync<HttpIOException>(() => FetchAsync(server, attempts: 1));
        Assert.EndsWith(".part", Assert.Single(_folder.Names), StringComparison.Ordinal);

        await FetchAsync(server);
        AssertInstalled();
        Assert.Equal(s_compressed.Length - 1000, server.Requests.Last().RangeStart);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_everything_again()
    {
        using var server = new ScriptedServer(request => request.RangeStart is null
            ? ScriptedServer.Cut(ScriptedServer.Whole(s_compressed), 1000)
            : ScriptedServer.Whole(s_compressed));
        await FetchAsync(server);
        AssertInstalled();
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_partial_file_that_is_whole_already_needs_no_more_bytes()
    {
        using var server = new ScriptedServer(request => ScriptedServer.Range(s_compressed, request.RangeStart ?? 0));
        await using var part = new FileStream(_folder.Of("whole.part"), FileMode.Create);
        await part.WriteAsync(s_compressed);
        await Download().FillAsync(new Uri(server.Address), part, default);
        Assert.Equal(s_compressed.Length, part.Length);
    }

    [Fact]
    public async Task A_partial_file_longer_than_the_resource_is_started_over()
    {
        using var server = new ScriptedServer(request => ScriptedServer.Range(s_compressed, request.RangeStart ?? 0));
        await using var part = new FileStream(_folder.Of("long.part"), FileMode.Create);
        await part.WriteAsync(new byte[s_compressed.Length + 5]);
        await Download().FillAsync(new Uri(server.Address), part, default);
        part.Seek(0, SeekOrigin.Begin);
        var content = new byte[part.Length];
        await part.ReadExactlyAsync(content);
        Assert.Equal(s_compressed, content);
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_and_the_partial_file_is_not_kept_for_resuming()
    {
        var other = Synthetic.Gzip([.. s_content[..^1], (byte)(s_content[^1] ^ 1)]);
        using var server = new ScriptedServer(_ => ScriptedServer.Whole(other));
        var error = await Assert.ThrowsAsync<DataFormatException>(() => FetchAsync(server));
        Assert.StartsWith($"{server.Address}digits.gz: this is not digits: its SHA-256 is", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task An_answer_that_is_no_gzip_file_is_refused()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Whole("<html>sign in</html>"u8.ToArray()));
        var error = await Assert.ThrowsAsync<DataFormatException>(() => FetchAsync(server));
        Assert.StartsWith($"{server.Address}digits.gz: not a gzip file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_is_no_success_is_not_tried_again()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Status("404 Not Found"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => FetchAsync(server));
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_sends_nothing_ends_in_an_error()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Cut(ScriptedServer.Whole(s_compressed), 10))
        {
            Linger = TimeSpan.FromMinutes(1), // however busy the machine, the stall is noticed first
        };
        var download = new ResumableDownload(_client) { Stall = TimeSpan.FromMilliseconds(200), Attempts = 1 };
        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => new Mirror(new Uri(server.Address), download).FetchAsync(s_file, new DataDirectory(_folder.Path), default));
        Assert.Equal("no byte came for 0.2 s", error.Message);
    }

    [Fact]
    public async Task Fetches_at_the_same_time_do_not_disturb_each_other()
    {
        using var server = new ScriptedServer(request => ScriptedServer.Range(s_compressed, request.RangeStart ?? 0));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => FetchAsync(server))));
        AssertInstalled();
    }

    private ResumableDownload Download(int attempts = 4) => new(_client) { Attempts = attempts, Pause = TimeSpan.Zero };

    private Task FetchAsync(ScriptedServer server, int attempts = 4) =>
        new Mirror(new Uri(server.Address), Download(attempts)).FetchAsync(s_file, new DataDirectory(_folder.Path), default);

    private void AssertInstalled()
    {
        Assert.Equal(s_content, File.ReadAllBytes(_folder.Of("digits")));
        Assert.Equal(["digits"], _folder.Names);
    }
}
