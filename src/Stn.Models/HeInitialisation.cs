using Stn.Torch;
using Stn.Torch.Layers;

namespace Stn.Models;

/// <summary>How torchvision starts convolutions: normal with variance 2/(outputs·kernel²) (He et al. 2015), bias 0.</summary>
internal static class HeInitialisation
{
    /// <summary>Starts all convolutions of a network, in its order.</summary>
    public static Backbone Start(Backbone network)
    {
        using var recording = new NoGrad();
        foreach (var convolution in network.Modules().Select(m => m.Module).OfType<Conv2d>())
        {
            var shape = convolution.Weight.Value.Shape;
            convolution.Weight.Value.SetNormal(0, Math.Sqrt(2.0 / (shape[0] * shape[2] * shape[3])));
            convolution.Bias?.Value.SetZero();
        }

        return network;
    }
}
