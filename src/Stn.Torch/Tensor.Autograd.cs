using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>Its part in gradients.</content>
public sealed partial class Tensor
{
    /// <summary>The gradient that <see cref="Autograd.Backward(Tensor, bool, bool)"/> left here: a new reference, or null; null is also how it is cleared.</summary>
    public Tensor? Grad
    {
        get
        {
            Native.Check(NativeMethods.stn_grad_get(this, out var gradient), "reading a gradient");
            return gradient == 0 ? null : new Tensor(gradient);
        }

        set
        {
            var borrowed = value?.Borrow() ?? 0;
            try
            {
                Native.Check(NativeMethods.stn_grad_set(this, borrowed), "setting a gradient");
            }
            finally
            {
                value?.DangerousRelease();
            }
        }
    }

    /// <summary>Makes gradients flow to this tensor, or stops them.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor RequireGrad(bool required = true)
    {
        Ops.RequiresGradInPlace.Do(this, required);
        return this;
    }
}
