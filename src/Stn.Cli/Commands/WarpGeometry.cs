using System.CommandLine;
using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Cli.Commands;

/// <summary>The options of <c>stn warp</c> that say where the picture goes, and what they come to.</summary>
internal sealed class WarpGeometry
{
    private const string Theta = "6 numbers of an affine θ, row by row, or 8 or 9 of a projective one";

    private readonly Option<string>[] _motion;
    private readonly Option<string> _rotate = new("--rotate") { Description = "Degrees; positive turns the content counter-clockwise, about the middle" };
    private readonly Option<string> _scale = new("--scale") { Description = "s or sx,sy: 2 makes the content twice as large, a negative one mirrors it" };
    private readonly Option<string> _shear = new("--shear") { Description = "hx[,hy]: each pixel down moves the content hx to the right; each pixel to the right, hy down" };
    private readonly Option<string> _translate = new("--translate") { Description = "x,y: the content moves so many pixels to the right and down" };
    private readonly Option<string> _matrix = new("--matrix") { Description = $"θ itself, normalised, target to source: {Theta}" };
    private readonly Option<string> _theta = new("--theta") { Description = $"family:numbers, as a network predicts them (attention:0.5,0.2,0); families: {string.Join(", ", FamilyNames.All)}" };
    private readonly Option<string> _corners = new("--corners") { Description = "x0,y0,…,x3,y3: the source pixels that become the upper left, upper right, lower right and lower left corner" };
    private readonly Option<string> _spline = new("--tps") { Description = $"A thin-plate spline from a JSON file: {ControlPointsFile.Forms}" };
    private readonly Option<string> _mesh = new("--mesh") { Description = "A piecewise-affine mesh from a JSON file, the first of these two forms" };

    internal WarpGeometry() => _motion = [_scale, _shear, _rotate, _translate];

    internal IEnumerable<Option<string>> Options => [_rotate, _scale, _shear, _translate, _matrix, _theta, _corners, _spline, _mesh];

    /// <summary>The size of the output: that asked for, that of the four corners, or that of the source.</summary>
    /// <exception cref="ArgumentException">The corners lie so far apart that no picture is as large.</exception>
    internal Plane Target(ParseResult parsed, Plane source, Plane? asked)
    {
        if (asked is { } size)
            return size;
        if (parsed.GetValue(_corners) is not { } corners)
            return source;
        var natural = Corners(corners).NaturalSize;
        return natural.Width <= Picture.MaxSide && natural.Height <= Picture.MaxSide && (long)natural.Width * natural.Height <= Picture.MaxPixels
            ? natural
            : throw new ArgumentException($"--corners {corners}: an output of {natural.Width}x{natural.Height} pixels is too large; say another with --size");
    }

    /// <summary>Throws unless one kind of transformation at most is given, and what can be told without the picture is right.</summary>
    /// <exception cref="ArgumentException">The options say two things, or one that is none.</exception>
    internal void Check(ParseResult parsed)
    {
        string[] kinds = [.. _motion.Any(o => Given(parsed, o)) ? ["--rotate, --scale, --shear and --translate"] : Array.Empty<string>(), .. Options.Except(_motion).Where(o => Given(parsed, o)).Select(o => o.Name)];
        if (kinds.Length > 1)
            throw new ArgumentException($"{string.Join(" and ", kinds)} each say the whole transformation: give one of them");
        if (!Given(parsed, _spline) && !Given(parsed, _mesh))
            Transformation(parsed, new Plane(2, 2), new Plane(2, 2), AlignCorners.False);
    }

    /// <summary>The transformation; the identity where none is given.</summary>
    internal FamilyMember Transformation(ParseResult parsed, Plane source, Plane target, AlignCorners align)
    {
        if (parsed.GetValue(_matrix) is { } matrix)
            return OfMatrix(matrix);
        if (parsed.GetValue(_theta) is { } theta)
            return OfTheta(theta);
        if (parsed.GetValue(_corners) is { } corners)
            return Corners(corners).Transformation(source, target, align);
        if (parsed.GetValue(_spline) is { } spline)
            return ControlPointsFile.Read(spline, points => points.Spline(source, target, align));
        if (parsed.GetValue(_mesh) is { } mesh)
            return ControlPointsFile.Read(mesh, points => points.Mesh());
        return Motion(parsed).Transformation(target, align);
    }

    private PixelMotion Motion(ParseResult parsed)
    {
        var motion = new PixelMotion();
        if (parsed.GetValue(_scale) is { } scale)
        {
            var s = NumberList.Parse("--scale", scale, "one number, or one for each axis", 1, 2);
            motion = motion with { ScaleX = s[0], ScaleY = s[^1] };
        }

        if (parsed.GetValue(_shear) is { } shear)
        {
            var h = NumberList.Parse("--shear", shear, "one number, or one for each axis", 1, 2);
            motion = motion with { ShearX = h[0], ShearY = h.Length == 2 ? h[1] : 0 };
        }

        if (parsed.GetValue(_rotate) is { } rotate)
            motion = motion with { Degrees = NumberList.Parse("--rotate", rotate, "degrees", 1)[0] };
        if (parsed.GetValue(_translate) is { } translate)
        {
            var t = NumberList.Parse("--translate", translate, "two numbers, pixels to the right and down", 2);
            motion = motion with { X = t[0], Y = t[1] };
        }

        return motion;
    }

    private static FamilyMember OfMatrix(string text)
    {
        var numbers = NumberList.Parse("--matrix", text, Theta, 6, 8, 9);
        if (numbers is [.., 0] and { Length: 9 })
            throw new ArgumentException($"--matrix {text}: the ninth number must not be 0, the matrix is divided by it");
        return numbers.Length switch
        {
            6 => new FamilyMember(new AffineTransformation(), numbers),
            8 => new FamilyMember(new ProjectiveTransformation(), numbers),
            _ => new FamilyMember(new ProjectiveTransformation(), new ProjectiveTransformation().Theta(new PlaneMatrix(numbers))),
        };
    }

    private static FamilyMember OfTheta(string text) => text.Split(':', 2) is [var family, var numbers]
        ? FamilyNames.Find(family, NumberList.Parse("--theta", numbers, "numbers with commas between"))
        : throw new ArgumentException($"--theta {text}: expected family:numbers, as in attention:0.5,0.2,0");

    private static Quadrilateral Corners(string text)
    {
        var n = NumberList.Parse("--corners", text, "8 numbers: x and y of four pixels", 8);
        return new Quadrilateral((n[0], n[1]), (n[2], n[3]), (n[4], n[5]), (n[6], n[7]));
    }

    private static bool Given(ParseResult parsed, Option<string> option) => parsed.GetValue(option) is not null;
}
