using Stn.Torch;

namespace Stn.Experiments.CoLocalisation;

/// <summary>
/// Ends a localisation network of an attention transformer: whatever is predicted, the window's side stays near where it started and its
/// centre where a window of that side lies inside the image.
/// </summary>
/// <param name="start">The scale where learning starts.</param>
/// <param name="range">How far it may move, as a part of the start.</param>
internal sealed class BoundedWindow(double start, double range) : Module
{
    /// <summary>(s, t_x, t_y) to (start·(1 + range·tanh(s/start − 1)), (1 − start)·tanh t_x, (1 − start)·tanh t_y).</summary>
    /// <param name="input">(N, 3).</param>
    /// <param name="pass">Makes no difference.</param>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = new TensorScope();
        var scale = ((((input.Narrow(1, 0, 1) * (1 / start)) - 1).Tanh() * range) + 1) * start;
        return scope.Keep(Tensor.Concatenate([scale, input.Narrow(1, 1, 2).Tanh() * (1 - start)], 1));
    }
}
