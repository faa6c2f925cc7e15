using Stn.Torch;

namespace Stn;

/// <summary>
/// A volume seen as an image, by summing along its depth: W_nm = Σ_l V_nml (the paper's appendix, figure 5). After a
/// <see cref="SpatialTransformer3D"/> the network chooses the side from which it looks.
/// </summary>
public sealed class DepthProjection : Module
{
    /// <summary>The image of a volume.</summary>
    /// <param name="input">V, shape (N, C, D, H, W).</param>
    /// <param name="pass">Makes no difference.</param>
    /// <returns>W, shape (N, C, H, W). Differentiable: each voxel of a column has the gradient of its pixel.</returns>
    /// <exception cref="ArgumentException">V is not (N, C, D, H, W).</exception>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        Shapes.RequireVolume(input);
        return input.Sum([2]);
    }
}
