using System.Net;
using System.Net.Http.Headers;

namespace Stn.Data.Sources;

/// <summary>
/// Downloads into a partial file and goes on where it stopped (HTTP Range), within a call and in a later process;
/// a server that answers 200 to a range sends everything again.
/// </summary>
internal sealed class ResumableDownload(HttpClient client)
{
    /// <summary>How long a connection may send nothing.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a transfer that breaks is taken up again.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The wait before it is taken up.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Fills <paramref name="part"/>, which may hold the first bytes already, up to the end of the resource.</summary>
    /// <exception cref="HttpRequestException">No answer, or one that is not a success.</exception>
    /// <exception cref="HttpIOException">The transfer broke, or did not fit, as often as allowed.</exception>
    /// <exception cref="TimeoutException">The last transfer stalled.</exception>
    public async Task FillAsync(Uri address, FileStream part, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await AskFromAsync(address, part.Length, cancellation);
                if (!Prepare(response, part))
                    return;

                await using var body = await response.Content.ReadAsStreamAsync(cancellation);
                await CopyAsync(body, part, cancellation);
                return;
            }
            catch (Exception broken) when (attempt < Attempts && broken is (HttpIOException or TimeoutException))
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    private async Task<HttpResponseMessage> AskFromAsync(Uri address, long start, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (start > 0)
            request.Headers.Range = new RangeHeaderValue(start, null);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Puts the partial file at the place where the body goes on; false when there is nothing left to read.</summary>
    private static bool Prepare(HttpResponseMessage response, FileStream part)
    {
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && range?.Length == part.Length)
            return false;

        // A range that starts elsewhere, or none: what is here does not belong to what comes.
        var continues = response.StatusCode == HttpStatusCode.PartialContent && range?.From == part.Length;
        if (!continues)
            part.SetLength(0);
        if (!continues && response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
            throw new HttpIOException(HttpRequestError.InvalidResponse, $"the range does not fit (status {(int)response.StatusCode})");

        response.EnsureSuccessStatusCode();
        part.Seek(0, SeekOrigin.End);
        return true;
    }

    private async Task CopyAsync(Stream body, FileStream part, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        while (await ReadAsync(body, buffer, cancellation) is var read && read > 0)
            await part.WriteAsync(buffer.AsMemory(0, read), cancellation);
    }

    /// <summary>Reads, and tells a broken connection apart from a broken disk.</summary>
    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(Stall);
        try
        {
            return await body.ReadAsync(buffer, stall.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no byte came for {Stall.TotalSeconds:0.#} s");
        }
        catch (IOException broken) when (broken is not HttpIOException)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, broken.Message, broken);
        }
    }
}
