using Stn.Experiments.Pictures;
using Stn.Kernels;
using Stn.Testing;
using Stn.Transformations;

namespace Stn.Experiments.Tests.Pictures;

public sealed class ControlPointsTests : IDisposable
{
    private static readonly Plane Source = new(11, 21);
    private static readonly Plane Target = new(31, 41);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lattice_is_theta_x_of_all_points_before_y()
    {
        const string Text = """{"side":2,"points":[[-1,-0.9],[1,-0.8],[-0.7,1],[0.6,0.5]],"regulariser":0.25}""";
        var spline = Spline(Text);
        Assert.Equal([-1, 1, -0.7, 0.6, -0.9, -0.8, 1, 0.5], spline.Theta);
        Assert.Equal(0.25, Assert.IsType<ThinPlateSplineTransformation>(spline.Family).Regulariser);
        var mesh = Mesh(Text.Replace(",\"regulariser\":0.25", string.Empty, StringComparison.Ordinal));
        Assert.Equal((2, spline.Theta[3]), (Assert.IsType<MeshTransformation>(mesh.Family).Side, mesh.Theta[3]));
    }

    [Fact]
    public void Pairs_are_pixels_of_the_source_and_of_the_target()
    {
        var spline = Spline("""{"pairs":[{"from":[0,0],"to":[5,5]},{"from":[20,0],"to":[30,3]},{"from":[10,5],"to":[20,15]},{"from":[3,9],"to":[7,28]}]}""");
        var read = PixelMatrix.ToPixels(Source, AlignCorners.False).Map(
            spline.Map(PixelMatrix.FromPixels(Target, AlignCorners.False).Map(new NormalizedPoint(30, 3))));
        Assert.Equal(20, read.X, 8);
        Assert.Equal(0, read.Y, 8);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "JSON value could not be converted")]
    [InlineData("null", "there is nothing in it")]
    [InlineData("{}", "either \"side\" and \"points\" or \"pairs\"")]
    [InlineData("""{"side":2}""", "either \"side\" and \"points\" or \"pairs\"")]
    [InlineData("""{"side":2,"points":[[0,0]]}""", "a lattice of side 2 has 4 points, side 2 or more; got 1")]
    [InlineData("""{"side":1,"points":[[0,0]]}""", "side 2 or more")]
    [InlineData("""{"side":2,"points":[[0,0],[1,0],[0,1],[1]]}""", "point 3 must be [x, y], got 1 numbers")]
    [InlineData("""{"side":2,"points":[[0,0],[1,0],[0,1],null]}""", "point 3 must be [x, y], got nothing")]
    [InlineData("""{"side":2,"points":[[0,0],[1,0],[0,1],["a",1]]}""", "$.points[3][0]")]
    [InlineData("""{"sides":2}""", "sides")]
    [InlineData("""{"pairs":[]}""", "at least 3 control points, got 0")]
    [InlineData("""{"pairs":[{"from":[0,0]}]}""", "to")]
    [InlineData("""{"pairs":[{"from":[0,0],"to":[0]}]}""", "point 0 must be [x, y], got 1 numbers")]
    [InlineData("""{"pairs":[null]}""", "pair 0 is missing")]
    [InlineData("""{"side":2,"points":[[-1,-1],[1,-1],[-1,1],[1,1]],"regulariser":-1}""", "a regulariser is not negative")]
    public void What_is_wrong_with_a_file_is_said_with_its_name_and_what_would_be_right(string text, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Spline(text));
        Assert.StartsWith(_folder["points.json"], error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(ControlPointsFile.Forms, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mesh_has_neither_pairs_nor_a_regulariser()
    {
        Assert.Contains("no \"pairs\"", Assert.Throws<InvalidDataException>(() => Mesh("""{"pairs":[]}""")).Message, StringComparison.Ordinal);
        Assert.Contains("regulariser", Assert.Throws<InvalidDataException>(() => Mesh("""{"side":2,"points":[],"regulariser":1}""")).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ControlPointsFile.Read(_folder["none.json"], points => points.Mesh()));
    }

    private FamilyMember Spline(string text) => Read(text, points => points.Spline(Source, Target, AlignCorners.False));

    private FamilyMember Mesh(string text) => Read(text, points => points.Mesh());

    private FamilyMember Read(string text, Func<ControlPoints, FamilyMember> make)
    {
        File.WriteAllText(_folder["points.json"], text);
        return ControlPointsFile.Read(_folder["points.json"], make);
    }
}
