using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// P of the paper: the frame of a 28×28 digit is scaled about its centre by a factor uniform in 0.75 … 1, then each coordinate of each
/// of its four corners is moved by a normal number of deviation 5 pixels; the digit follows its corners by a projective map.
/// </summary>
/// <remarks>
/// <b>Choice.</b> The paper leaves open what happens to frames that fold or digits that leave the image. Here a draw whose four corners
/// are not those of a convex quadrilateral in their order, or by which more than 5 % of the digit's ink would come to lie outside the
/// 28×28 canvas, is drawn again, corners and scale.
/// </remarks>
public sealed class ProjectiveDistortion : IDistortion
{
    private const double SmallestScale = 0.75;
    private const double LargestScale = 1;
    private const double CornerDeviation = 5;
    private const double LargestLoss = 0.05;

    /// <inheritdoc/>
    public string Description => "P: scale 0.75 to 1, corners moved by N(0, 5 px) in 28×28, no fold, at most 5 % of the ink lost";

    /// <inheritdoc/>
    public Plane Source => new(28, 28);

    /// <inheritdoc/>
    public Plane Canvas => new(28, 28);

    /// <inheritdoc/>
    public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var image = digits.Image(index);
        var ink = InkBox.Of(image, Source);
        var toCanvas = Draw(ref random).Corners.ToCanvas(Source);
        while (toCanvas is not { } map || LosesInk(image, ink, map))
            toCanvas = Draw(ref random).Corners.ToCanvas(Source);
        ByteWarp.Projective(image, Source, toCanvas.Value.Inverse(), Canvas, canvas);
        return null;
    }

    /// <summary>Draws the scale, then the corners in their order; the frame may be folded.</summary>
    internal (double Scale, FrameCorners Corners) Draw(ref CounterRandom random)
    {
        var scale = random.Uniform(SmallestScale, LargestScale);
        var corners = FrameCorners.Of(Source, Canvas, scale);
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = random.NormalPair();
            corners = corners.Move(i, CornerDeviation * x, CornerDeviation * y);
        }

        return (scale, corners);
    }

    private bool LosesInk(ReadOnlySpan<byte> image, InkBox ink, Homography toCanvas)
    {
        // A convex frame keeps convex sets convex: where the box of the ink stays inside, all ink does.
        if (ink.IsEmpty || (IsInside(toCanvas, ink.Left, ink.Top) && IsInside(toCanvas, ink.Right, ink.Top)
            && IsInside(toCanvas, ink.Left, ink.Bottom) && IsInside(toCanvas, ink.Right, ink.Bottom)))
        {
            return false;
        }

        var (all, lost) = (0, 0);
        for (var row = ink.Top; row <= ink.Bottom; row++)
        {
            for (var column = ink.Left; column <= ink.Right; column++)
            {
                var value = image[(row * Source.Width) + column];
                all += value;
                lost += value == 0 || IsInside(toCanvas, column, row) ? 0 : value;
            }
        }

        return lost > LargestLoss * all;
    }

    private bool IsInside(Homography toCanvas, int column, int row)
    {
        var (x, y) = toCanvas.Map(column, row);
        return x >= -0.5 && x < Canvas.Width - 0.5 && y >= -0.5 && y < Canvas.Height - 0.5;
    }
}
