using System.Numerics;
using Stn.Data;
using Stn.Data.Pictures;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Pictures;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Experiments.Reports;

/// <summary>Pictures of test samples: what went in, where each transformer looked, what came out.</summary>
/// <param name="network">
/// The network; its first spatial transformer, or those that stand side by side first, are shown. Of affine ones one behind the other, on feature maps,
/// what the first ones are together is shown: where of the image the second, the third reads.
/// </param>
/// <param name="set">The samples.</param>
/// <param name="classNames">The names of the classes, by label.</param>
public sealed class DigitPictures(Module network, ISampleSet set, IReadOnlyList<string> classNames)
{
    private const int Gap = 4;
    private const int LeastBar = 3;
    private static readonly Colour[] Outlines = [new(0xff, 0xb0, 0x00), new(0x35, 0xa7, 0xff), new(0x5c, 0xd0, 0x5c), new(0xe0, 0x70, 0xe0)];
    private static readonly Colour Lines = new(0x2a, 0xa8, 0x84);
    private static readonly Colour Wrong = new(0xd6, 0x3b, 0x2f);
    private readonly IReadOnlyList<SpatialTransformerModule> _transformers = Shown(network);
    private readonly bool _areInDepth = InDepth(network).Count > 1;

    /// <summary>How many pixels wide each pixel of an image becomes.</summary>
    public int Zoom { get; init; } = 3;

    /// <summary>A sheet of predictions: the input with the outlines of the sampled regions, and beside it what each transformer made of it.</summary>
    public Picture Sheet(string title, IReadOnlyList<Prediction> predictions, int columns)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return new ContactSheet(title, columns, [.. predictions.Select(Cell)]).Render();
    }

    /// <summary>One prediction as a picture.</summary>
    public Picture Draw(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        var input = Input(prediction.Index);
        return Draw(input, Thetas(input, prediction.Theta));
    }

    /// <summary>One sample as a picture, with the θ that its transformers had for it once.</summary>
    /// <param name="index">The sample's place in its set.</param>
    /// <param name="thetas">θ of each transformer that is shown, in the order of <see cref="Shown"/>.</param>
    internal Picture Draw(int index, IReadOnlyList<double[]> thetas) => Draw(Input(index), thetas);

    private Picture Draw(float[] input, IReadOnlyList<double[]> thetas)
    {
        var plane = set.Shape.Plane;
        var looks = Look(input, thetas);
        var outputs = looks.Select(look => look.Output).ToArray();
        using var canvas = new Canvas(plane.Height * Zoom, (plane.Width * Zoom) + outputs.Sum(output => (output.Width * ZoomOf(output)) + Gap), Colour.White);
        canvas.Draw(SamplePicture.Of(input, set.Shape), 0, 0, Zoom);
        for (var i = 0; i < looks.Count; i++)
            canvas.Polygon(looks[i].Region, Outlines[i % Outlines.Length], 1.6f);
        var right = plane.Width * Zoom;
        canvas.FillRectangle(right, 0, canvas.Width - right, canvas.Height, Colour.White); // what the outlines drew outside
        for (var (i, x) = (0, right + Gap); i < outputs.Length; x += (outputs[i].Width * ZoomOf(outputs[i])) + Gap, i++)
            DrawOutput(canvas, outputs[i], x, outputs.Length > 1 ? Outlines[i % Outlines.Length] : null);
        return canvas.ToPicture();
    }

    /// <summary>One prediction in the steps of the paper's figure 1: the input, the sampling grid T_θ(G) over it, the transformer's output.</summary>
    /// <exception cref="ArgumentException">The network has no transformer of images.</exception>
    public Picture DrawSteps(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (_transformers is not [SpatialTransformer transformer, ..] || prediction.Theta is null)
            throw new ArgumentException("the network has no spatial transformer of images");
        var values = Input(prediction.Index);
        var (input, output) = (SamplePicture.Of(values, set.Shape), Look(values, Thetas(values, prediction.Theta))[0].Output);
        var step = (input.Width * Zoom) + Gap;
        using var canvas = new Canvas(Math.Max(input.Height, output.Height) * Zoom, (2 * step) + (output.Width * Zoom), Colour.White);
        canvas.Draw(input, step, 0, Zoom);
        new GridDrawing { LineColour = Lines, PointColour = Lines }.Draw(canvas, Grid(transformer, prediction.Theta), new Vector2(step, 0), Zoom);
        canvas.FillRectangle(0, 0, step, canvas.Height, Colour.White); // what the grid drew outside
        canvas.FillRectangle((2 * step) - Gap, 0, canvas.Width, canvas.Height, Colour.White);
        canvas.Draw(input, 0, 0, Zoom);
        canvas.Draw(output, 2 * step, 0, Zoom);
        return canvas.ToPicture();
    }

    /// <summary>The transformers of a network that are shown: the first one, those beside it, or affine ones one behind the other.</summary>
    internal static IReadOnlyList<SpatialTransformerModule> Shown(Module network) =>
        InDepth(network) is { Count: > 1 } inDepth ? inDepth : First(network);

    private static List<SpatialTransformerModule> InDepth(Module network) =>
        [.. network.Parts.Select(part => part.Part).OfType<SpatialTransformer>().TakeWhile(t => t is { Transformation: AffineTransformation, Output: null })];

    private static IReadOnlyList<SpatialTransformerModule> First(Module network) =>
        network.Modules().Select(m => m.Module).FirstOrDefault(m => m is ParallelTransformers or SpatialTransformerModule) switch
        {
            ParallelTransformers parallel => parallel.Transformers,
            SpatialTransformerModule one => [one],
            _ => [],
        };

    // Where there are several, a bar in the colour of its outline tells whose output it is.
    private void DrawOutput(Canvas canvas, Picture output, int x, Colour? mark)
    {
        canvas.Draw(output, x, 0, ZoomOf(output));
        if (mark is { } colour)
            canvas.FillRectangle(x, 0, output.Width * ZoomOf(output), Math.Max(Zoom, LeastBar), colour);
    }

    // A window of half the image's side is drawn as large as the image.
    private int ZoomOf(Picture output) => Zoom * Math.Max(1, set.Shape.Plane.Height / output.Height);

    private ContactSheetCell Cell(Prediction prediction) => new(
        Draw(prediction),
        prediction.IsRight ? Name(prediction.Labels) : $"{Name(prediction.Labels)} read as {Name(prediction.Answers)} ({prediction.Confidence:p0})",
        prediction.IsRight ? null : Wrong);

    private string Name(IEnumerable<int> labels) => LabelText.Of(classNames, labels);

    private float[] Input(int index)
    {
        var input = new float[set.Shape.Length];
        set.Render(index, 0, input, new long[set.LabelsPerSample]);
        return input;
    }

    // What each transformer samples of one input, and makes of it.
    private List<(Vector2[] Region, Picture Output)> Look(float[] input, IReadOnlyList<double[]> thetas)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var sample = Tensor.From(input, set.Shape.Batch(1));
        var looks = _areInDepth ? Together(thetas) : _transformers.Zip(thetas, (transformer, theta) => (Transformer: transformer, Theta: theta));
        return [.. looks.Select(look => (
            Region(look.Transformer, look.Theta),
            Output(look.Transformer.Warp(sample, Tensor.From(Array.ConvertAll(look.Theta, number => (float)number), 1, look.Theta.Length)))))];
    }

    // A prediction knows the θ of one transformer; those of others the network is asked for.
    private IReadOnlyList<double[]> Thetas(float[] input, double[]? theta)
    {
        if (theta is null || _transformers.Count == 0)
            return [];
        if (_transformers.Count == 1)
            return [theta];

        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var thetas = Ask(Tensor.From(input, set.Shape.Batch(1)));
        return [.. _transformers.Select(transformer => thetas[transformer])];
    }

    private Dictionary<Module, double[]> Ask(Tensor sample)
    {
        var thetas = new Dictionary<Module, double[]>();
        network.Forward(sample, new Pass
        {
            Observer = (module, name, value) =>
            {
                if (name == SpatialTransformerModule.ThetaName)
                    thetas[module] = Array.ConvertAll(value.ToArray<float>(), number => (double)number);
            },
        });
        return thetas;
    }

    // V₂(x) = V₁(T₂x) = U(T₁(T₂x)), as far as the layers between keep places.
    private IEnumerable<(SpatialTransformerModule Transformer, double[] Theta)> Together(IReadOnlyList<double[]> thetas)
    {
        var family = new AffineTransformation();
        var together = family.Identity.ToArray();
        foreach (var theta in thetas)
        {
            together = family.Compose(together, theta);
            yield return (_transformers[0], together);
        }
    }

    private static Picture Output(Tensor warped)
    {
        int[] size = [.. warped.Shape.Select(number => (int)number)];
        var shape = size.Length == 5
            ? SampleShape.OfVolume(size[1], new Kernels.Volume(size[2], size[3], size[4]))
            : SampleShape.Image(size[1], new Kernels.Plane(size[2], size[3]));
        return SamplePicture.Of(warped.ToArray<float>(), shape);
    }

    // Of volumes none: the target is a box, and its outline in the projection says little.
    private Vector2[] Region(SpatialTransformerModule module, double[] theta)
    {
        if (module is not SpatialTransformer transformer)
            return [];
        return [.. Grid(transformer, theta).Outline().Select(point => point * Zoom)];
    }

    private SamplingGrid Grid(SpatialTransformer transformer, double[] theta) => new(
        new FamilyMember(transformer.Transformation, theta), set.Shape.Plane, transformer.Output ?? set.Shape.Plane, transformer.Align);
}
