using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>The affine transformer of volumes with libtorch's own grid generator and sampler, weights named as ours.</summary>
/// <param name="localisation">Predicts θ; owned from now on.</param>
internal sealed class LibtorchTransformer3D(Module localisation) : Module
{
    private const int Trilinear = 0;
    private const int Zeros = 0;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [(LocalisationGroups.Name, localisation)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        using var scope = new TensorScope();
        return scope.Keep(Warp(input, localisation.Forward(input, pass)));
    }

    /// <summary>V = sample(U, T_θ(G)).</summary>
    internal static Tensor Warp(Tensor input, Tensor theta)
    {
        using var scope = new TensorScope();
        var grid = Functional.AffineGrid(theta.Reshape([-1, 3, 4]), [.. input.Shape], alignCorners: false);
        return scope.Keep(Functional.GridSampler(input, grid, Trilinear, Zeros, alignCorners: false));
    }
}
