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
    private const int Zoom = 3;
    private const int Gap = 4;
    private static readonly Colour Outline = new(0xff, 0xb0, 0x00);
    private static readonly Colour Wrong = new(0xd6, 0x3b, 0x2f);
    private readonly SpatialTransformer? _transformer = network.Modules().Select(m => m.Module).OfType<SpatialTransformer>().FirstOrDefault();

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

    private ContactSheetCell Cell(Prediction prediction) => new(
        Draw(prediction),
        prediction.IsRight ? Name(prediction.Labels) : $"{Name(prediction.Labels)} read as {Name(prediction.Answers)} ({prediction.Confidence:p0})",
        prediction.IsRight ? null : Wrong);

    private string Name(IEnumerable<int> labels) => string.Join(' ', labels.Select(label => classNames[label]));

    private static Picture Enlarged(Picture picture)
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

    private Vector2[] Region(double[] theta)
    {
        var grid = new SamplingGrid(
            new FamilyMember(_transformer!.Transformation, theta), set.Shape.Plane, _transformer.Output ?? set.Shape.Plane, _transformer.Align);
        return [.. grid.Outline().Select(point => point * Zoom)];
    }
}
