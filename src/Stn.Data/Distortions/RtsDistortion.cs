using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// RTS of the paper: a 28×28 digit is turned by an angle uniform in ±45°, scaled by a factor uniform in 0.7 … 1.2, and
/// put at a random place of a 42×42 canvas.
/// </summary>
/// <remarks>
/// <b>Choice.</b> The paper leaves open what a random place is. Here the centre is uniform over the places where the
/// scaled, unturned frame of the digit lies inside the canvas: up to 21 − 14·scale pixels from the middle, along x and
/// along y. The corners of a turned frame may leave the canvas: of MNIST's test digits, which leave their corners empty,
/// 5 in 10,000 lose ink that way, 2 % of it at most.
/// The three steps are one affine map and one bilinear resampling.
/// </remarks>
public sealed class RtsDistortion : IDistortion
{
    private const double LargestAngle = 45;
    private const double SmallestScale = 0.7;
    private const double LargestScale = 1.2;

    /// <inheritdoc/>
    public string Description => "RTS: rotation ±45°, scale 0.7 to 1.2, random place in 42×42";

    /// <inheritdoc/>
    public Plane Source => new(28, 28);

    /// <inheritdoc/>
    public Plane Canvas => new(42, 42);

    /// <inheritdoc/>
    public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
    {
        var pose = Draw(ref random);
        Span<double> theta = stackalloc double[6];
        pose.CanvasToImage(Source, Canvas, theta);
        ByteWarp.Affine(digits.Image(index), Source, theta, Canvas, canvas);
        return pose;
    }

    /// <summary>Draws angle, scale and place, in this order.</summary>
    private Pose Draw(ref CounterRandom random)
    {
        var angle = random.Uniform(-LargestAngle, LargestAngle);
        var scale = random.Uniform(SmallestScale, LargestScale);
        var (roomX, roomY) = ((Canvas.Width - (scale * Source.Width)) / 2, (Canvas.Height - (scale * Source.Height)) / 2);
        return new Pose(angle, scale, random.Uniform(-roomX, roomX), random.Uniform(-roomY, roomY));
    }
}
