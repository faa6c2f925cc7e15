using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>While it lives, operators on this thread record nothing for gradients.</summary>
public sealed class NoGrad : IDisposable
{
    private readonly int _before;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _disposed;

    /// <summary>Switches recording off on this thread.</summary>
    public NoGrad()
        : this(isRecording: false)
    {
    }

    private NoGrad(bool isRecording)
    {
        TorchRuntime.EnsureLoaded();
        _before = NativeMethods.stn_grad_mode_get();
        NativeMethods.stn_grad_mode_set(isRecording ? 1 : 0);
    }

    /// <summary>Whether operators on this thread record for gradients; inside a backward pass, whether the gradients are to be differentiated again.</summary>
    public static bool IsRecording
    {
        get
        {
            TorchRuntime.EnsureLoaded();
            return NativeMethods.stn_grad_mode_get() != 0;
        }
    }

    /// <summary>While it lives, operators record again: for a function that keeps a graph of its own.</summary>
    internal static NoGrad Lifted() => new(isRecording: true);

    /// <summary>Puts recording back as it was.</summary>
    /// <exception cref="InvalidOperationException">Not the thread that it was made on.</exception>
    public void Dispose()
    {
        if (_disposed)
            return;
        if (_thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("recording is switched back on the thread that switched it off");

        _disposed = true;
        NativeMethods.stn_grad_mode_set(_before);
    }
}
