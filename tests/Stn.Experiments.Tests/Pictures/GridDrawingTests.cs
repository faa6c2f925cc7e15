using System.Numerics;
using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Kernels;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Tests.Pictures;

public sealed class GridDrawingTests
{
    private static readonly Plane Source = new(20, 40);
    private static readonly FamilyMember Identity = new(new IdentityTransformation());

    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)]
    public void The_identity_grid_lies_on_the_centres_of_the_pixels(AlignCorners align)
    {
        var points = new SamplingGrid(Identity, Source, Source, align).Points(1).ToArray();
        Assert.Equal(Source.Length, points.Length);
        for (var i = 0; i < points.Length; i++)
            Assert.True(Vector2.Distance(new((i % 40) + 0.5f, (i / 40) + 0.5f), points[i]) < 1e-4f, $"{i}: {points[i]}");
    }

    [Fact]
    public void Every_so_many_lines_are_drawn_and_the_last()
    {
        var grid = new SamplingGrid(Identity, Source, Source);
        var rows = grid.Lines(8).Where(line => line[0].Y == line[^1].Y).Select(line => MathF.Round(line[0].Y - 0.5f, 3));
        Assert.Equal([0, 8, 16, 19], rows);
        Assert.Equal(4 * 6, grid.Points(8).Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.Lines(0).Count());
    }

    [Fact]
    public void The_outline_is_the_region_that_the_target_shows()
    {
        var half = new SamplingGrid(new FamilyMember(new AttentionTransformation(), 0.5, 0.5, 0), Source, new Plane(3, 3));
        var outline = half.Outline();
        Assert.Equal((new Vector2(20, 5), new Vector2(40, 15)), (outline.Aggregate(Vector2.Min), outline.Aggregate(Vector2.Max)));
    }

    [Fact]
    public void The_drawing_holds_the_source_and_the_grid_beyond_it()
    {
        var source = Photographs.Noise(20, 40);
        var inside = new GridDrawing { Zoom = 4 }.Over(source, new SamplingGrid(Identity, Source, Source));
        Assert.InRange(inside.Width, 160, 190);
        var moved = new FamilyMember(new TranslationTransformation(), 0.5, 0); // reads 10 pixels beyond the right edge
        var beyond = new GridDrawing { Zoom = 4 }.Over(source, new SamplingGrid(moved, Source, Source));
        Assert.Equal((inside.Width + 40, inside.Height), (beyond.Width, beyond.Height));
        var far = new FamilyMember(new TranslationTransformation(), 1e30, 0);
        Assert.Equal(inside.Width + 80, new GridDrawing { Zoom = 4 }.Over(source, new SamplingGrid(far, Source, Source)).Width);
    }

    [Fact]
    public void Lines_points_and_outline_have_their_colours()
    {
        var drawing = new GridDrawing { Zoom = 15, Step = 5 }; // odd, so that lines run through the middle of pixels
        var picture = drawing.Over(new Picture(20, 40), new SamplingGrid(Identity, Source, Source));
        var colours = new HashSet<Colour>();
        for (var i = 0; i < picture.Height * picture.Width; i++)
            colours.Add(new Colour(picture.Pixels[3 * i], picture.Pixels[(3 * i) + 1], picture.Pixels[(3 * i) + 2]));
        Assert.Subset(colours, new HashSet<Colour> { drawing.LineColour, drawing.PointColour, drawing.OutlineColour, drawing.Ground, Colour.Black });
    }

    [Fact]
    public void Points_behind_a_horizon_are_left_out()
    {
        var folded = new FamilyMember(new ProjectiveTransformation(), 1, 0, 0, 0, 1, 0, 1.5, 0);
        var grid = new SamplingGrid(folded, Source, Source);
        Assert.Contains(grid.Points(1), point => !float.IsFinite(point.X));
        Assert.InRange(new GridDrawing().Over(new Picture(20, 40), grid).Width, 480, 1100);
    }
}
