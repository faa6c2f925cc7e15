using System.Numerics;
using Stn.Data.Pictures;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Experiments.Figures;

/// <summary>
/// A picture of each transformation of volumes, both sides summed along depth (the paper's figure 5): the source with the sampling grid's
/// box over it, and what is read there.
/// </summary>
internal static class VolumeFigures
{
    private const int Side = 121;
    private const int Margin = 18;
    private const double HalfThickness = 0.22;
    private static readonly Volume Size = new(Side, Side, Side);
    private static readonly Colour Paper = new(0xf7, 0xf3, 0xe8);
    private static readonly Colour Ink = new(0x24, 0x3b, 0x53);
    private static readonly Colour Line = new(0x12, 0x8a, 0x6b);
    private static readonly Colour Face = new(0xff, 0xb0, 0x00);

    // How the source's letter lies in space; reading along it shows the letter from its front.
    private static readonly double[] Pose = [0.64, -0.03, 0.39, 0.05, 0.23, 0.64, -0.31, -0.05, -0.31, 0.39, 0.55, 0];

    /// <summary>The families shown, by the name of their file.</summary>
    internal static IReadOnlyList<(string Name, Func<Picture> Draw)> All { get; } =
    [
        Row(new IdentityTransformation3D()),
        Row(new TranslationTransformation3D(), 0.15, -0.2, 0.1),
        Row(new AttentionTransformation3D(), 0.7, 0.1, -0.1, 0),
        Row(new ScaledAttentionTransformation3D(), 0.55, 0.7, 0.8, 0.08, -0.07, 0),
        Row(new AffineTransformation3D(), Pose),
    ];

    private static (string Name, Func<Picture> Draw) Row(Transformation3D family, params double[] theta) => (family.Name, () => Draw(family, theta));

    private static Picture Draw(Transformation3D family, double[] theta)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var affine = new AffineTransformation3D();
        var source = Read(affine, affine.Inverse(Pose), Letter());
        using var canvas = new Canvas(Side + (2 * Margin), 2 * (Side + (2 * Margin)), Colour.White);
        canvas.Draw(Project(source), Margin, Margin);
        DrawBox(canvas, point => family.Map(theta, point));
        var right = canvas.Width - Margin - Side;
        canvas.FillRectangle(right - 2, Margin - 2, Side + 4, Side + 4, Face);
        canvas.Draw(Project(Read(family, theta, source)), right, Margin);
        return canvas.ToPicture();
    }

    // A letter with a thickness, in the middle of its volume, (1, 1, D, H, W).
    private static Tensor Letter()
    {
        var plane = TestPictures.Digit(Side, "R").ToGrey();
        var voxels = new float[Size.Length];
        for (var slice = 0; slice < Side; slice++)
        {
            if (Math.Abs(Coordinates.OfPixel<double>(slice, Side, AlignCorners.False)) < HalfThickness)
                plane.CopyTo(voxels, slice * plane.Length);
        }

        return Tensor.From(voxels, 1, 1, Side, Side, Side);
    }

    private static Tensor Read(Transformation3D family, double[] theta, Tensor volume) => new Warp3D(family, new BilinearSampler()).Apply(
        volume, Tensor.From(Array.ConvertAll(theta, number => (float)number), 1, theta.Length), Size, AlignCorners.False);

    // The sum along depth as ink on paper; the largest sum is full ink.
    private static Picture Project(Tensor volume)
    {
        var sums = new DepthProjection().Forward(volume, Pass.Inference).ToArray<float>();
        var largest = sums.Max();
        var picture = new Picture(Side, Side);
        for (var i = 0; i < sums.Length; i++)
        {
            var pixel = picture.Pixels.Slice(3 * i, 3);
            (pixel[0], pixel[1], pixel[2]) = (Mix(Paper.Red, Ink.Red), Mix(Paper.Green, Ink.Green), Mix(Paper.Blue, Ink.Blue));

            byte Mix(byte paper, byte ink) => (byte)MathF.Round(paper + (sums[i] / largest * (ink - paper)));
        }

        return picture;
    }

    // The edges of the target's cube where they lie in the source, seen along depth: the face of its first slice over the others.
    private static void DrawBox(Canvas canvas, Func<NormalizedPoint3D, NormalizedPoint3D> map)
    {
        (int X, int Y)[] corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
        foreach (var (x, y) in corners)
            canvas.Line(At(x, y, -1), At(x, y, 1), Line, 1.2f);
        canvas.Polygon([.. corners.Select(corner => At(corner.X, corner.Y, 1))], Line, 1.2f);
        canvas.Polygon([.. corners.Select(corner => At(corner.X, corner.Y, -1))], Face, 2);

        Vector2 At(double x, double y, double z)
        {
            var source = map(new NormalizedPoint3D(x, y, z));
            return new Vector2((float)(source.X + 1), (float)(source.Y + 1)) * (Side / 2f) + new Vector2(Margin);
        }
    }
}
