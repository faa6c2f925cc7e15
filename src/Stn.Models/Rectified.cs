using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>ReLU behind batch norm, in one pass unless another module has taken the norm's place.</summary>
internal static class Rectified
{
    /// <summary>max(0, norm(x) + around).</summary>
    /// <param name="norm">Batch norm, or what stands there instead.</param>
    /// <param name="input">x, (N, C, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <param name="around">A map of the result's shape; null for none.</param>
    public static Tensor Of(Module norm, Tensor input, Pass pass, Tensor? around = null)
    {
        if (norm is BatchNorm2d plain)
            return plain.ForwardRelu(input, pass, around);
        var value = norm.Forward(input, pass);
        return (around is null ? value : value + around).Relu();
    }
}
