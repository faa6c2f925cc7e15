using System.Numerics;
using Stn.Data;
using Stn.Data.Pictures;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Pictures;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Experiments.Reports;

/// <summary>Pictures of test images: what went in, where the transformer looked, what came out.</summary>
/// <param name="network">The network; its first spatial transformer, if it has one, is shown.</param>
/// <param name="set">The images.</param>
/// <param name="classNames">The names of the classes, by label.</param>
public sealed class DigitPictures(Module network, ISampleSet set, IReadOnlyList<string> classNames)
{
    private const int Gap = 4;
    private static readonly Colour Outline = new(0xff, 0xb0, 0x00);
    private static readonly Colour Lines = new(0x2a, 0xa8, 0x84);
    private static readonly Colour Wrong = new(0xd6, 0x3b, 0x2f);
    private readonly SpatialTransformer? _transformer = network.Modules().Select(m => m.Module).OfType<SpatialTransformer>().FirstOrDefault();

    /// <summary>How many pixels wide each pixel of an image becomes.</summary>
    public int Zoom { get; init; } = 3;

    /// <summary>A sheet of predictions: the input with the outline of the sampled region, and beside it the transformer's output.</summary>
    public Picture Sheet(string title, IReadOnlyList<Prediction> predictions, int columns)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return new ContactSheet(title, columns, [.. predictions.Select(Cell)]).Render();
    }

    /// <summary>One prediction as a picture.</summary>
    public Picture Draw(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        var plane = set.Shape.Plane;
        var input = new float[set.Shape.Length];
        set.Render(prediction.Index, 0, input, new long[set.LabelsPerSample]);
        if (_transformer is null || prediction.Theta is null)
            return Enlarged(Picture.FromPlanes(input, set.Shape.Channels, plane.Height, plane.Width));

        var output = _transformer.Output ?? plane;
        using var canvas = new Canvas(plane.Height * Zoom, (plane.Width + output.Width) * Zoom + Gap, Colour.White);
        canvas.Draw(Picture.FromPlanes(input, set.Shape.Channels, plane.Height, plane.Width), 0, 0, Zoom);
        canvas.Polygon(Region(prediction.Theta), Outline, 1.6f);
        var right = plane.Width * Zoom;
        canvas.FillRectangle(right, 0, canvas.Width - right, canvas.Height, Colour.White); // what the outline drew outside
        canvas.Draw(Picture.FromPlanes(Warped(input, prediction.Theta), set.Shape.Channels, output.Height, output.Width), right + Gap, 0, Zoom);
        return canvas.ToPicture();
    }

    /// <summary>One prediction in the steps of the paper's figure 1: the input, the sampling grid T_θ(G) over it, the transformer's output.</summary>
    /// <exception cref="ArgumentException">There is no transformer.</exception>
    public Picture DrawSteps(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (_transformer is null || prediction.Theta is null)
            throw new ArgumentException("the network has no spatial transformer");
        var (plane, output) = (set.Shape.Plane, _transformer.Output ?? set.Shape.Plane);
        var values = new float[set.Shape.Length];
        set.Render(prediction.Index, 0, values, new long[set.LabelsPerSample]);
        var input = Picture.FromGrey(values, plane.Height, plane.Width);
        var step = (plane.Width * Zoom) + Gap;
        using var canvas = new Canvas(Math.Max(plane.Height, output.Height) * Zoom, (2 * step) + (output.Width * Zoom), Colour.White);
        canvas.Draw(input, step, 0, Zoom);
        new GridDrawing { LineColour = Lines, PointColour = Lines }.Draw(canvas, Grid(prediction.Theta), new Vector2(step, 0), Zoom);
        canvas.FillRectangle(0, 0, step, canvas.Height, Colour.White); // what the grid drew outside
        canvas.FillRectangle((2 * step) - Gap, 0, canvas.Width, canvas.Height, Colour.White);
        canvas.Draw(input, 0, 0, Zoom);
        canvas.Draw(Picture.FromGrey(Warped(values, prediction.Theta), output.Height, output.Width), 2 * step, 0, Zoom);
        return canvas.ToPicture();
    }

    private ContactSheetCell Cell(Prediction prediction) => new(
        Draw(prediction),
        prediction.IsRight ? Name(prediction.Labels) : $"{Name(prediction.Labels)} read as {Name(prediction.Answers)} ({prediction.Confidence:p0})",
        prediction.IsRight ? null : Wrong);

    private string Name(IEnumerable<int> labels) => string.Join(' ', labels.Select(label => classNames[label]));

    private Picture Enlarged(Picture picture)
    {
        using var canvas = new Canvas(picture.Height * Zoom, picture.Width * Zoom, Colour.Black);
        canvas.Draw(picture, 0, 0, Zoom);
        return canvas.ToPicture();
    }

    private float[] Warped(float[] input, double[] theta)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        using var parameters = Tensor.From(theta, 1, theta.Length);
        var image = Tensor.From(input, set.Shape.Batch(1));
        return _transformer!.Warp(image, parameters.To(DType.Float32)).ToArray<float>();
    }

    private Vector2[] Region(double[] theta) => [.. Grid(theta).Outline().Select(point => point * Zoom)];

    private SamplingGrid Grid(double[] theta) => new(
        new FamilyMember(_transformer!.Transformation, theta), set.Shape.Plane, _transformer.Output ?? set.Shape.Plane, _transformer.Align);
}
