using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stn.Data.Tests.Sources;

/// <summary>A web server on this machine that answers each request as the test says, broken connections included.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Request, byte[]> _answer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;

    /// <param name="answer">The raw bytes of an answer; the connection closes after them.</param>
    public ScriptedServer(Func<Request, byte[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _work = Task.Run(ServeAsync);
    }

    public sealed record Request(int Number, string Path, long? RangeStart);

    public ConcurrentQueue<Request> Requests { get; } = [];

    /// <summary>How long a connection stays open after the answer's last byte, unless the server stops before.</summary>
    public TimeSpan Linger { get; init; }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public static byte[] Whole(byte[] content) =>
        [.. Head($"200 OK\r\nContent-Length: {content.Length}"), .. content];

    public static byte[] Range(byte[] content, long start) => start < content.Length
        ? [.. Head($"206 Partial Content\r\nContent-Length: {content.Length - start}\r\n"
            + $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}"), .. content[(int)start..]]
        : Head($"416 Range Not Satisfiable\r\nContent-Length: 0\r\nContent-Range: bytes */{content.Length}");

    public static byte[] Status(string status) => Head($"{status}\r\nContent-Length: 0");

    /// <summary>An answer that stops some bytes before its end.</summary>
    public static byte[] Cut(byte[] answer, int missing) => answer[..^missing];

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Stop();
        _work.Wait();
        _stopping.Dispose();
    }

    private static byte[] Head(string head) => Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n");

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                await using var stream = connection.GetStream();
                var request = await ReadAsync(stream);
                Requests.Enqueue(request);
                await stream.WriteAsync(_answer(request));
                await Task.Delay(Linger, _stopping.Token);
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<Request> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync())!.Split(' ')[1];
        long? start = null;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                start = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        return new Request(Requests.Count, path, start);
    }
}
