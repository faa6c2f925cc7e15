using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Experiments.Runs;
using Stn.Kernels;
using Stn.Samplers;

namespace Stn.Cli.Commands;

/// <summary><c>stn warp</c>: a picture in, a transformation, a picture out.</summary>
internal sealed class WarpCommand
{
    private const string Help = """
        Warp a picture: rotate, scale, move it, straighten a photographed page, bend it by control points.

        The content is fitted to the output size first, then scaled, sheared, turned and at last moved, each about
        the middle and in pixels of the output: a rotation is one on pictures that are not square, too. Pixel
        positions are x,y with 0,0 at the centre of the upper left pixel, x to the right, y down. Normalised ones (--matrix,
        --theta, a lattice) go from -1 to 1 over each axis, and say where the output reads in the source.

        PNG and JPEG, 8 bits a channel (16 are read as 8); grey is written as colour. Colour is interpolated
        premultiplied with alpha. A rotation in a JPEG's metadata is not applied.

        Examples:
          stn warp photo.jpg -o turned.png --rotate 30 --scale 0.8 --padding transparent
          stn warp photo.jpg -o page.png --corners 112,80,904,131,872,1204,64,1180
          stn warp photo.jpg -o small.png --size 320x240 --theta attention:0.5,0.2,0 --grid grid.png
          stn warp photo.jpg -o thumbnail.png --size 160x120 --sampler antialiased --padding border
          stn warp face.png -o bent.png --tps points.json --sampler bicubic --json
        """;

    private readonly CommonOptions _common = new();
    private readonly WarpGeometry _geometry = new();
    private readonly Argument<string> _input = new("picture") { Description = "A PNG or JPEG file" };
    private readonly Option<string> _output = new("--out", "-o") { Description = "The picture to write: .png, .jpg or .jpeg", Required = true };
    private readonly Option<string> _sampler = new("--sampler") { Description = $"{string.Join(", ", SamplerNames.All)} (default {SamplerNames.All[0]})" };
    private readonly Option<string> _padding = new("--padding") { Description = $"What lies outside: {PicturePadding.Forms} (default zeros: black, or transparent where the picture has alpha)" };
    private readonly Option<string> _size = new("--size") { Description = "WxH of the output (default: that of the picture, or of the sides that --corners name)" };
    private readonly Option<bool> _align = new("--align-corners") { Description = "-1 and 1 are the centres of the outermost pixels instead of the picture's edges" };
    private readonly Option<string> _grid = new("--grid") { Description = "Also write the source with the sampling grid over it" };
    private readonly Option<int?> _step = new("--grid-step") { Description = "Draw every so many rows and columns of the output's pixels (default: about 14 lines)" };

    internal static Command Create()
    {
        var it = new WarpCommand();
        var command = new Command("warp", Help) { it._input, it._output };
        foreach (var option in it._geometry.Options)
            command.Options.Add(option);
        foreach (var option in new Option[] { it._size, it._sampler, it._padding, it._align, it._grid, it._step, it._common.Threads, it._common.Json })
            command.Options.Add(option);
        command.SetAction(it.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        _common.ApplyThreads(parsed);
        var (input, output, grid) = (parsed.GetValue(_input)!, parsed.GetValue(_output)!, parsed.GetValue(_grid));
        var sampler = SamplerNames.Find(parsed.GetValue(_sampler) ?? SamplerNames.All[0]);
        var padding = parsed.GetValue(_padding) is { } text ? PicturePadding.Parse(text) : PicturePadding.Zeros;
        var asked = parsed.GetValue(_size) is { } wanted ? Size(wanted) : (Plane?)null;
        var drawing = new GridDrawing { Step = Step(parsed) };
        CheckNames(output, grid);
        _geometry.Check(parsed);

        var picture = Picture.Load(input);
        var source = new Plane(picture.Height, picture.Width);
        var align = parsed.GetValue(_align) ? AlignCorners.True : AlignCorners.False;
        var target = _geometry.Target(parsed, source, asked);
        var transformation = _geometry.Transformation(parsed, source, target, align);
        var warp = new PictureWarp(transformation, target) { Sampler = sampler, Padding = padding, Align = align };
        PictureFile.Write(output, warp.Apply(picture));
        if (grid is not null)
            PictureFile.Write(grid, drawing.Over(picture, new SamplingGrid(transformation, source, target, align)));

        var done = new Done(
            input, output, grid, Text(source), Text(target), transformation.Family.Name, transformation.Theta,
            sampler(default).Name, parsed.GetValue(_padding) ?? "zeros", align == AlignCorners.True);
        if (parsed.GetValue(_common.Json))
            System.Console.WriteLine(JsonSerializer.Serialize(done, JsonStyle.Line));
        else
            Print(done);
        return StnTool.Success;
    }

    private static void Print(Done done)
    {
        var theta = done.Theta.Count == 0 ? string.Empty : $", θ = {string.Join(", ", done.Theta.Select(x => x.ToString("0.####", CultureInfo.InvariantCulture)))}";
        System.Console.WriteLine($"{done.Output}: {done.Target} from {done.Source}, {done.Transformation}{theta}");
        if (done.Grid is not null)
            System.Console.WriteLine($"{done.Grid}: the sampling grid over {done.Input}");
    }

    private static void CheckNames(string output, string? grid)
    {
        PictureFile.RequireName(output);
        if (grid is null)
            return;
        PictureFile.RequireName(grid);
        if (Path.GetFullPath(grid) == Path.GetFullPath(output))
            throw new ArgumentException($"--out and --grid are both {output}: give them different names");
    }

    private int? Step(ParseResult parsed) => parsed.GetValue(_step) is < 1 and var step
        ? throw new ArgumentException($"--grid-step must be 1 or more, got {step}")
        : parsed.GetValue(_step);

    private static Plane Size(string text) =>
        text.Split('x') is [var width, var height]
            && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
            && w is >= 1 and <= Picture.MaxSide && h is >= 1 and <= Picture.MaxSide && (long)w * h <= Picture.MaxPixels
                ? new Plane(h, w)
                : throw new ArgumentException($"--size {text}: expected WxH as in 640x480, 1 to {Picture.MaxSide} each and at most {Picture.MaxPixels} pixels");

    private static string Text(Plane plane) => $"{plane.Width}x{plane.Height}";

    private sealed record Done(
        string Input, string Output, string? Grid, string Source, string Target, string Transformation, IReadOnlyList<double> Theta,
        string Sampler, string Padding, bool AlignCorners);
}
