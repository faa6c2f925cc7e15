using Stn.Samplers;
using Stn.Torch;

namespace Stn.Checks.Tests;

/// <summary>A Gaussian of a learned width: a kernel as a user writes it, right or wrong in one way.</summary>
/// <param name="width">In pixels, Float64.</param>
/// <param name="slopeFactor">1; else the gradient of the distance is wrong by it, and the values are right.</param>
/// <param name="widthFactor">1; else the gradient of the width is wrong by it.</param>
internal sealed class Bell(Parameter width, double slopeFactor = 1, double widthFactor = 1) : KernelSampler(support: 2)
{
    public override string Name => "bell";

    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("width", width)];

    protected override Tensor Weight(Tensor distance, ImageAxis axis) =>
        (-(Bent(distance, slopeFactor) / Bent(width.Value, widthFactor).To(distance.Type)).Pow(2)).Exp();

    private static Tensor Bent(Tensor value, double factor) => (value * factor) + (value * (1 - factor)).Detach();
}
