using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>
/// A CUDA graph: launching a network's many small operators costs more than running them, launching a graph of them costs once.
/// </summary>
/// <remarks>Call <see cref="UseOwnStream"/> once on the thread, and do the same work a few times before it is recorded: first calls allocate and search.</remarks>
public sealed class CudaGraph : IRecording
{
    private nint _graph;

    /// <summary>From now on this thread's work on a device goes to a stream of its own: the default one cannot be recorded.</summary>
    /// <param name="device">A CUDA device.</param>
    /// <exception cref="TorchException">There is no CUDA.</exception>
    public static void UseOwnStream(Device device)
    {
        TorchRuntime.RequireDevice(device);
        Native.Check(NativeMethods.stn_cuda_own_stream(device.Index ?? throw new ArgumentException($"{device} has no streams", nameof(device))), "choosing a CUDA stream");
    }

    /// <inheritdoc/>
    public void Record(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Dispose();
        TorchRuntime.EnsureLoaded();
        Native.Check(NativeMethods.stn_graph_begin(out var graph), "recording on CUDA");
        try
        {
            work();
            Native.Check(NativeMethods.stn_graph_end(graph), "recording on CUDA");
            _graph = graph;
        }
        catch (TorchException error)
        {
            throw new RecordingException(error);
        }
        finally
        {
            if (_graph == 0)
                Abandon(graph);
        }
    }

    // Ending fails again where it has failed; what matters is that the stream records no more.
    private static void Abandon(nint graph)
    {
        _ = NativeMethods.stn_graph_end(graph);
        NativeMethods.stn_graph_free(graph);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Nothing was recorded.</exception>
    public void Replay()
    {
        if (_graph == 0)
            throw new InvalidOperationException("nothing was recorded");
        Native.Check(NativeMethods.stn_graph_replay(_graph), "replaying on CUDA");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_graph != 0)
            NativeMethods.stn_graph_free(_graph);
        _graph = 0;
    }
}
