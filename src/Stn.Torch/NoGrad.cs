using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>While it lives, operators on this thread record nothing for gradients.</summary>
public sealed class NoGrad : IDisposable
{
    private readonly int _before;

    /// <summary>Switches recording off on this thread.</summary>
    public NoGrad()
    {
        TorchRuntime.EnsureLoaded();
        _before = NativeMethods.stn_grad_mode_get();
        NativeMethods.stn_grad_mode_set(0);
    }

    /// <summary>Puts recording back as it was.</summary>
    public void Dispose() => NativeMethods.stn_grad_mode_set(_before);
}
