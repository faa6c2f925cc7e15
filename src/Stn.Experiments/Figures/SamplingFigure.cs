using System.Numerics;
using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Kernels;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Figures;

/// <summary>
/// The paper's figure 3: one image U read (a) by the regular grid, T_I(G) = G, and (b) by an affine T_θ(G); the sampling grid lies over U,
/// the regular grid G over V.
/// </summary>
internal static class SamplingFigure
{
    private const int Zoom = 7;
    private const int Margin = 24;
    private const int Top = 44;
    private const int Gap = 70;
    private const int Caption = 52;
    private static readonly Plane Source = new(40, 40);
    private static readonly Plane Target = new(28, 28);
    private static readonly Colour Ink = new(0x1c, 0x20, 0x26);
    private static readonly Colour Guide = new(0xe0, 0x9a, 0x00, 0xc0);
    private static readonly GridDrawing Style = new() { Step = 3, LineColour = new(0x2a, 0xa8, 0x84) };

    // How the digit was put into U; reading along it straightens it.
    private static readonly PixelMotion Pose = new(-28, 0.6, 0.6, 0.15, 0, 4, -2);

    internal static Picture Draw()
    {
        using var canvas = new Canvas(Top + (Source.Height * Zoom) + Caption, (4 * Margin) + (2 * PanelWidth), Colour.White);
        var source = new PictureWarp(Pose.Transformation(Source, AlignCorners.False), Source).Apply(TestPictures.Digit(Source.Width, "9"));
        Panel(canvas, Margin, source, new FamilyMember(new IdentityTransformation()), "(a)  T is the identity: the sampling grid is G itself");
        Panel(canvas, (3 * Margin) + PanelWidth, source, Reading(), "(b)  T is affine: the sampling grid is Tθ(G)");
        return canvas.ToPicture();
    }

    private static int PanelWidth => (Source.Width * Zoom) + Gap + (Target.Width * Zoom);

    private static FamilyMember Reading()
    {
        var affine = new AffineTransformation();
        return new FamilyMember(affine, affine.Inverse([.. Pose.Transformation(Source, AlignCorners.False).Theta]));
    }

    private static void Panel(Canvas canvas, int left, Picture source, FamilyMember transformation, string caption)
    {
        var warped = new PictureWarp(transformation, Target).Apply(source);
        var (atSource, atTarget) = (
            new Vector2(left, Top),
            new Vector2(left + (Source.Width * Zoom) + Gap, Top + ((Source.Height - Target.Height) * Zoom / 2)));
        var grid = new SamplingGrid(transformation, Source, Target);
        Place(canvas, source, atSource, "U");
        foreach (var (x, y) in new[] { (-1, -1), (1, -1), (1, 1), (-1, 1) })
        {
            var corner = new Vector2((x + 1) / 2f * Target.Width, (y + 1) / 2f * Target.Height);
            canvas.Line(atSource + (grid.SourceOf(new NormalizedPoint(x, y)) * Zoom), atTarget + (corner * Zoom), Guide, 1.5f);
        }

        Place(canvas, warped, atTarget, "V");
        Style.Draw(canvas, grid, atSource, Zoom);
        Style.Draw(canvas, new SamplingGrid(new FamilyMember(new IdentityTransformation()), Target, Target), atTarget, Zoom);
        canvas.Text(caption, left + (PanelWidth / 2), canvas.Height - 20, 18, Ink, TextAlign.Centre);
    }

    private static void Place(Canvas canvas, Picture picture, Vector2 at, string name)
    {
        canvas.Draw(picture, (int)at.X, (int)at.Y, Zoom);
        canvas.Text(name, (int)at.X + (picture.Width * Zoom / 2), (int)at.Y - 12, 18, Ink, TextAlign.Centre, bold: true);
    }
}
