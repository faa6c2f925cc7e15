using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Figures;

/// <summary>A picture of each transformation: the source with the sampling grid over it, and what is read there.</summary>
internal static class TransformationFigures
{
    private const int Gap = 16;
    private static readonly Plane Size = new(121, 121);
    private static readonly GridDrawing Style = new() { Step = 20, Zoom = 1, LineColour = new(0x12, 0x8a, 0x6b), Ground = Colour.White };

    /// <summary>The transformations shown, by the name of their file.</summary>
    internal static IReadOnlyList<(string Name, Func<Picture> Draw)> All { get; } =
    [
        ("identity", () => Draw(FamilyNames.Find("identity"))),
        ("translation", () => Draw(FamilyNames.Find("translation", 0.3, -0.2))),
        ("attention", () => Draw(FamilyNames.Find("attention", 0.5, 0.2, -0.3))),
        ("scaled-attention", () => Draw(FamilyNames.Find("scaled-attention", 0.75, 0.4, 0, 0.2))),
        ("rotation", () => Draw(FamilyNames.Find("rotation", 0.4))),
        ("similarity", () => Draw(FamilyNames.Find("similarity", 0.65, 0.3, 0.1, 0))),
        ("affine", () => Draw(FamilyNames.Find("affine", 0.7, 0.35, 0.1, -0.15, 0.8, 0))),
        ("projective", () => Draw(FamilyNames.Find("projective", 0.8, 0.1, 0.05, 0.05, 0.75, 0, 0.05, 0.35))),
        ("tps", () => Draw(OnLattice("tps"))),
        ("mesh", () => Draw(OnLattice("mesh"))),
        ("point-spline", () => Draw(Landmarks())),
        ("basis", () => Draw(Wave())),
        .. VolumeFigures.All,
    ];

    private static Picture Draw(FamilyMember transformation)
    {
        var source = TestPictures.Card(Size.Width, "R");
        var read = new PictureWarp(transformation, Size) { Padding = PicturePadding.Grey(255) }.Apply(source);
        var left = Style.Over(source, new SamplingGrid(transformation, Size, Size));
        var frame = new Colour(0xff, 0xb0, 0x00); // V's edge, in the colour of its outline over U
        var height = Math.Max(left.Height, Size.Height + 8);
        using var canvas = new Canvas(height, left.Width + Gap + Size.Width + 8, Colour.White);
        canvas.Draw(left, 0, (height - left.Height) / 2);
        var (x, y) = (left.Width + Gap + 2, (height - Size.Height) / 2);
        canvas.FillRectangle(x - 2, y - 2, Size.Width + 4, Size.Height + 4, frame);
        canvas.Draw(read, x, y);
        foreach (var (_, own) in transformation.Family.OwnParameters)
            own.Dispose();
        return canvas.ToPicture();
    }

    // The lattice's inner points are turned about the middle, its outer ones stay.
    private static FamilyMember OnLattice(string name)
    {
        const int Side = 4;
        var lattice = ThinPlateSpline.Lattice(Side);
        var points = Side * Side;
        for (var k = 0; k < points; k++)
        {
            if (k / Side is 0 or Side - 1 || k % Side is 0 or Side - 1)
                continue;
            var (sine, cosine) = Math.SinCos(0.7);
            (lattice[k], lattice[points + k]) = ((cosine * lattice[k]) - (sine * lattice[points + k]), (sine * lattice[k]) + (cosine * lattice[points + k]));
        }

        return FamilyNames.Find(name, lattice);
    }

    // Four corners stay; the middle of the letter is pulled.
    private static FamilyMember Landmarks() => new(
        new PointSplineTransformation([new(-1, -1), new(1, -1), new(-1, 1), new(1, 1), new(0.2, -0.1)]),
        -1, 1, -1, 1, -0.15, -1, -1, 1, 1, 0.15);

    // B of one's own: x, y and a wave of y, which θ adds to x.
    private static FamilyMember Wave()
    {
        var basis = new float[3 * Size.Length];
        for (var i = 0; i < Size.Length; i++)
        {
            var x = Coordinates.OfPixel<float>(i % Size.Width, Size.Width, AlignCorners.False);
            var y = Coordinates.OfPixel<float>(i / Size.Width, Size.Height, AlignCorners.False);
            (basis[i], basis[Size.Length + i], basis[(2 * Size.Length) + i]) = (x, y, MathF.Sin(2 * MathF.PI * y));
        }

        var b = new Parameter(Tensor.From(basis, 3, Size.Height, Size.Width), learned: false);
        return new FamilyMember(new BasisTransformation(b, [1, 0, 0, 0, 1, 0]), 1, 0, 0.15, 0, 1, 0);
    }
}
