using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>R of the paper: a 28×28 digit is turned about its centre by an angle uniform in ±90°.</summary>
/// <remarks>
/// <b>Choice.</b> The paper does not state the canvas; here it keeps the digit's 28×28 pixels. The corners of the turned frame leave
/// it, where MNIST's digits have no ink.
/// </remarks>
public sealed class RotationDistortion : IDistortion
{
    private const double LargestAngle = 90;

    /// <inheritdoc/>
    public string Description => "R: rotation ±90° in 28×28";

    /// <inheritdoc/>
    public Plane Source => new(28, 28);

    /// <inheritdoc/>
    public Plane Canvas => new(28, 28);

    /// <inheritdoc/>
    public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var pose = new Pose(random.Uniform(-LargestAngle, LargestAngle), 1, 0, 0);
        Span<double> theta = stackalloc double[6];
        pose.CanvasToImage(Source, Canvas, theta);
        ByteWarp.Affine(digits.Image(index), Source, theta, Canvas, canvas);
        return pose;
    }
}
