using Stn.Data.Pictures;
using Stn.Testing;

namespace Stn.Cli.Tests;

public sealed class WarpCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WarpCommandTests() => Noise(12, 20).SavePng(Input);

    private string Input => _folder["in.png"];

    private string Output => _folder["out.png"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--rotate 0 --scale 1 --translate 0,0 --shear 0,0")]
    [InlineData("--rotate -360 --sampler bicubic --align-corners")]
    [InlineData("--matrix 1,0,0,0,1,0 --padding border")]
    [InlineData("--matrix 2,0,0,0,2,0,0,0,2")]
    [InlineData("--corners 0,0,19,0,19,11,0,11 --sampler nearest --padding reflection")]
    [InlineData("--theta attention:1,0,0")]
    [InlineData("--theta identity:")]
    [InlineData("--size 20x12")]
    public void Nothing_to_do_gives_the_same_picture(string options)
    {
        AssertWarps(options);
        AssertSame(Picture.Load(Input), Picture.Load(Output));
    }

    [Theory]
    [InlineData("--tps", """{"side":3,"points":[[-1,-1],[0,-1],[1,-1],[-1,0],[0,0],[1,0],[-1,1],[0,1],[1,1]]}""")]
    [InlineData("--mesh", """{"side":2,"points":[[-1,-1],[1,-1],[-1,1],[1,1]]}""")]
    [InlineData("--tps", """{"pairs":[{"from":[3,3],"to":[3,3]},{"from":[15,4],"to":[15,4]},{"from":[9,10],"to":[9,10]}]}""")]
    public void Control_points_that_stay_give_the_same_picture(string option, string points)
    {
        File.WriteAllText(_folder["points.json"], points);
        AssertWarps($"{option} {_folder["points.json"]}");
        AssertSame(Picture.Load(Input), Picture.Load(Output));
    }

    [Fact]
    public void Content_is_turned_counter_clockwise_and_then_moved_right_and_down()
    {
        AssertWarps("--translate 2,-1 --rotate 90");
        var (source, turned) = (Picture.Load(Input), Picture.Load(Output));
        for (var across = -4.5; across <= 4.5; across++) // from the middle, which lies between pixels
        {
            for (var down = -4.5; down <= 4.5; down++)
            {
                Assert.Equal(
                    source.At((int)(5.5 + down), (int)(9.5 + across)).ToArray(),
                    turned.At((int)(5.5 - across) - 1, (int)(9.5 + down) + 2).ToArray());
            }
        }
    }

    [Fact]
    public void Corners_cut_a_piece_out_at_its_own_size()
    {
        AssertWarps("--corners 4,3,13,3,13,9,4,9");
        var (source, piece) = (Picture.Load(Input), Picture.Load(Output));
        Assert.Equal((7, 10), (piece.Height, piece.Width));
        Assert.Equal(source.At(5, 6).ToArray(), piece.At(2, 2).ToArray());
        Assert.Equal(source.At(9, 13).ToArray(), piece.At(6, 9).ToArray());
    }

    [Fact]
    public void Pairs_move_content_from_the_one_point_to_the_other()
    {
        File.WriteAllText(_folder["p.json"], """{"pairs":[{"from":[3,3],"to":[5,4]},{"from":[15,4],"to":[17,5]},{"from":[9,8],"to":[11,9]}]}""");
        AssertWarps($"--tps {_folder["p.json"]}");
        Assert.Equal(Picture.Load(Input).At(6, 8).ToArray(), Picture.Load(Output).At(7, 10).ToArray()); // all moved by (2, 1)
    }

    [Fact]
    public void The_report_says_what_was_done_and_the_grid_is_drawn()
    {
        var json = Run($"--theta attention:0.5,0.25,0 --size 8x6 --grid {_folder["grid.png"]} --grid-step 2 --padding constant:9 --json").Json;
        Assert.Equal(
            ["input", "output", "grid", "source", "target", "transformation", "theta", "sampler", "padding", "align_corners"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("20x12", json.GetProperty("source").GetString());
        Assert.Equal("8x6", json.GetProperty("target").GetString());
        Assert.Equal("attention", json.GetProperty("transformation").GetString());
        Assert.Equal([0.5, 0.25, 0], json.GetProperty("theta").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal("constant:9", json.GetProperty("padding").GetString());
        Assert.Equal((6, 8), (Picture.Load(Output).Height, Picture.Load(Output).Width));
        Assert.True(Picture.Load(_folder["grid.png"]).Width >= 500);
        Assert.Contains("8x6 from 20x12, attention, θ = 0.5, 0.25, 0", Run("--theta attention:0.5,0.25,0 --size 8x6").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Alpha_is_kept_and_a_JPEG_is_written_without()
    {
        AssertWarps("--translate 3,0 --padding transparent");
        Assert.Equal((4, 0), (Picture.Load(Output).Channels, Picture.Load(Output).At(5, 1)[3]));
        var jpeg = Tool.Run("warp", Output, "-o", _folder["out.jpg"]);
        Assert.Equal(StnTool.Usage, jpeg.Code);
        Assert.Contains("out.jpg: JPEG has no alpha; write a .png", jpeg.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.jpg"]));
        Assert.Equal(0, Tool.Run("warp", Input, "-o", _folder["out.jpg"]).Code);
        Assert.Equal(0, Tool.Run("warp", _folder["out.jpg"], "-o", Output).Code);
    }

    [Theory]
    [InlineData("--rotate x", "--rotate x: 'x' is no number; expected degrees")]
    [InlineData("--rotate NaN", "'NaN' is no number")]
    [InlineData("--rotate 1,2", "--rotate 1,2: 2 numbers; expected degrees")]
    [InlineData("--scale 0", "a scale must not be 0")]
    [InlineData("--scale 1,2,3", "3 numbers; expected one number, or one for each axis")]
    [InlineData("--translate 5", "1 numbers; expected two numbers, pixels to the right and down")]
    [InlineData("--matrix 1,0,0", "3 numbers; expected 6 numbers of an affine θ, row by row, or 8 or 9 of a projective one")]
    [InlineData("--matrix 1,0,0,0,1,0,0,0,0", "the ninth number must not be 0")]
    [InlineData("--theta affine", "expected family:numbers, as in attention:0.5,0.2,0")]
    [InlineData("--theta warp:1", "there is no transformation 'warp'; there are identity")]
    [InlineData("--theta tps:1,2", "(8, 18, 32, …), got 2")]
    [InlineData("--corners 0,0,1,0,2,0,3,0", "three lie on a line")]
    [InlineData("--corners 0,0,1e9,0,1e9,1e9,0,1e9", "pixels is too large; say another with --size")]
    [InlineData("--corners 0,0,9,0,9,9,0,9 --size 1x4", "at least 2x2 pixels, got 1x4")]
    [InlineData("--rotate 3 --matrix 1,0,0,0,1,0", "--rotate, --scale, --shear and --translate and --matrix each say the whole transformation")]
    [InlineData("--mesh a --tps b", "--tps and --mesh each say")]
    [InlineData("--sampler cubic", "there is no sampler 'cubic'; there are bilinear, nearest, bicubic, antialiased")]
    [InlineData("--padding zero", "'zero' is no padding")]
    [InlineData("--size 20", "--size 20: expected WxH as in 640x480")]
    [InlineData("--size 0x5", "expected WxH")]
    [InlineData("--size 60000x60000", "expected WxH")]
    [InlineData("--grid grid.gif", "grid.gif: pictures are written as .png, .jpg or .jpeg")]
    [InlineData("--grid-step 0", "--grid-step must be 1 or more, got 0")]
    public void A_wrong_option_exits_with_2_says_why_and_writes_nothing(string options, string message)
    {
        var outcome = Run(options);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal([Input], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Output_and_grid_are_two_files_and_an_output_is_needed()
    {
        Assert.Contains("give them different names", Run($"--grid {Output}").Error, StringComparison.Ordinal);
        Assert.Equal(StnTool.Usage, Tool.Run("warp", Input).Code);
    }

    [Theory]
    [InlineData("none.png", "none.png: no such file")]
    [InlineData("text.png", "text.png: neither a PNG nor a JPEG picture")]
    [InlineData("cut.png", "cut.png: a PNG picture that is cut off")]
    public void A_picture_that_cannot_be_read_exits_with_1_and_is_named(string name, string message)
    {
        File.WriteAllText(_folder["text.png"], "a picture of a picture");
        File.WriteAllBytes(_folder["cut.png"], File.ReadAllBytes(Input)[..200]);
        AssertFails(Tool.Run("warp", _folder[name], "-o", Output), message);
    }

    [Fact]
    public void Points_that_cannot_be_read_and_folders_that_are_not_there_exit_with_1()
    {
        File.WriteAllText(_folder["points.json"], """{"side":2,"points":[[0,0]]}""");
        AssertFails(Run($"--tps {_folder["points.json"]}"), "points.json: a lattice of side 2 has 4 points");
        AssertFails(Run($"--mesh {_folder["none.json"]}"), "none.json: no such file of control points");
        AssertFails(Tool.Run("warp", Input, "-o", _folder["none/out.png"]), "none/out.png");
    }

    private void AssertFails(Outcome outcome, string message)
    {
        Assert.Equal(StnTool.Failure, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    private void AssertWarps(string options)
    {
        var outcome = Run(options);
        Assert.Equal((0, string.Empty), (outcome.Code, outcome.Error));
    }

    private Outcome Run(string options) =>
        Tool.Run(["warp", Input, "-o", Output, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static void AssertSame(Picture expected, Picture actual)
    {
        Assert.Equal((expected.Height, expected.Width, expected.Channels), (actual.Height, actual.Width, actual.Channels));
        Assert.True(expected.Pixels.SequenceEqual(actual.Pixels));
    }

    private static Picture Noise(int height, int width)
    {
        var picture = new Picture(height, width);
        new Random(3).NextBytes(picture.Pixels);
        return picture;
    }
}
