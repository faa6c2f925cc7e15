using System.Numerics;
using Stn.Data.Pictures;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Experiments.Figures;

/// <summary>
/// A volume seen obliquely from the front, through itself: turned by our own warp and summed along the line of sight, with the edges of its
/// cube and of a sampled region drawn over it.
/// </summary>
internal static class SpaceView
{
    /// <summary>Rows and columns of a view.</summary>
    internal const int Side = 180;

    // The cube's half diagonal: scaled by it, the turned cube lies inside the view.
    private const double Reach = 1.75;
    private static readonly Colour Ground = new(0x10, 0x14, 0x1c);
    private static readonly Colour CubeEdge = new(0x5a, 0x66, 0x7a);
    private static readonly Colour RegionEdge = new(0xff, 0xb0, 0x00);

    // From volume to view: turned about y, then about x, so that the right and the upper face are seen.
    private static readonly double[,] Turn = Turned(pitch: 0.42, yaw: -0.55);

    /// <summary>Draws a volume.</summary>
    /// <param name="volume">(1, 1, D, H, W).</param>
    /// <param name="region">Maps the corners of a target cube to where they are sampled; null for none.</param>
    internal static Picture Draw(Tensor volume, Func<NormalizedPoint3D, NormalizedPoint3D>? region)
    {
        using var canvas = new Canvas(Side, Side, Ground);
        canvas.Draw(Ink(volume), 0, 0);
        DrawCube(canvas, point => point, CubeEdge);
        if (region is not null)
            DrawCube(canvas, region, RegionEdge);
        return canvas.ToPicture();
    }

    private static Picture Ink(Tensor volume)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        // θ leads from view to volume: the transpose of the turn, scaled.
        var theta = new float[12];
        for (var i = 0; i < 9; i++)
            theta[(i / 3 * 4) + (i % 3)] = (float)(Reach * Turn[i % 3, i / 3]);
        var seen = new Warp3D(new AffineTransformation3D(), new BilinearSampler()).Apply(
            volume, Tensor.From(theta, 1, 12), new Volume(Side, Side, Side), AlignCorners.False);
        var sums = new DepthProjection().Forward(seen, Pass.Inference).ToArray<float>();
        var largest = Math.Max(1e-6f, sums.Max());
        var picture = new Picture(Side, Side);
        for (var i = 0; i < sums.Length; i++)
        {
            var share = MathF.Sqrt(sums[i] / largest);
            var pixel = picture.Pixels.Slice(3 * i, 3);
            (pixel[0], pixel[1], pixel[2]) = (Mix(Ground.Red, share), Mix(Ground.Green, share), Mix(Ground.Blue, share));
        }

        return picture;
    }

    private static byte Mix(byte ground, float share) => (byte)MathF.Round(ground + (share * (255 - ground)));

    private static void DrawCube(Canvas canvas, Func<NormalizedPoint3D, NormalizedPoint3D> map, Colour colour)
    {
        (int X, int Y)[] corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
        Vector2 At((int X, int Y) corner, int z) => Project(map(new NormalizedPoint3D(corner.X, corner.Y, z)));
        foreach (var corner in corners)
            canvas.Line(At(corner, -1), At(corner, 1), colour, 1);
        canvas.Polygon([.. corners.Select(corner => At(corner, 1))], colour, 1);
        canvas.Polygon([.. corners.Select(corner => At(corner, -1))], colour, 1.8f); // the first slice, which a projection has in front
    }

    private static Vector2 Project(NormalizedPoint3D point)
    {
        double Row(int row) => ((Turn[row, 0] * point.X) + (Turn[row, 1] * point.Y) + (Turn[row, 2] * point.Z)) / Reach;
        return new Vector2((float)(Row(0) + 1), (float)(Row(1) + 1)) * (Side / 2f);
    }

    private static double[,] Turned(double pitch, double yaw)
    {
        var (sp, cp) = Math.SinCos(pitch);
        var (sy, cy) = Math.SinCos(yaw);
        return new[,] { { cy, 0, sy }, { sp * sy, cp, -sp * cy }, { -cp * sy, sp, cp * cy } };
    }
}
