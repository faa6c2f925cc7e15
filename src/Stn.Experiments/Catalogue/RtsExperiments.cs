using Stn.Data.Distortions;
using Stn.Experiments.Networks;
using Stn.Experiments.Training;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Catalogue;

/// <summary>
/// RTS: MNIST digits turned by ±45°, scaled by 0.7 to 1.2 and put at a random place of 42×42 (paper, table 1, column RTS).
/// </summary>
/// <remarks>
/// The paper pools the transformer's 42×42 output by 2 before the classifier; whether its plain CNN pools is not stated,
/// so there are both: <c>rts/cnn</c> sees 42×42, <c>rts/cnn-pooled</c> is exactly what stands behind the transformer.
/// <code>
/// stn train rts/st-cnn-aff
/// stn train rts/cnn --epochs 4
/// </code>
/// </remarks>
public static class RtsExperiments
{
    private static readonly DigitTask Task = new("rts", "turned ±45°, scaled 0.7 to 1.2, anywhere in 42×42", new RtsDistortion());

    private static readonly Plane Pooled = new(21, 21);

    /// <summary>The plain CNN on 42×42: 64 + 64 filters, 30 million multiplications an image.</summary>
    public static Experiment Cnn { get; } = new()
    {
        Name = "rts/cnn",
        Summary = "CNN on the whole 42×42 image",
        Task = Task,
        Network = () => new Sequential(("classifier", DigitClassifiers.Cnn(1, Task.Distortion.Canvas, DigitTask.Classes))),
        Paper = new PaperResult(1, "CNN", "RTS", 0.8),
        Protocols = Protocols.Digits,
    };

    /// <summary>The classifier of <see cref="StCnnAffine"/> alone: 1 million multiplications an image.</summary>
    public static Experiment CnnPooled { get; } = new()
    {
        Name = "rts/cnn-pooled",
        Summary = "CNN on the image pooled to 21×21: what stands behind the transformer of rts/st-cnn-aff, alone",
        Task = Task,
        Network = () => new Sequential(
            ("pool", new AvgPool2d(2)),
            ("classifier", DigitClassifiers.Cnn(1, Pooled, DigitTask.Classes))),
        Protocols = Protocols.Digits,
    };

    /// <summary>An affine transformer, its output pooled by 2, and the CNN.</summary>
    public static Experiment StCnnAffine { get; } = new()
    {
        Name = "rts/st-cnn-aff",
        Summary = "affine spatial transformer, output pooled to 21×21, CNN",
        Task = Task,
        Network = () => new Sequential(
            ("transformer", Transformer(new AffineTransformation())),
            ("pool", new AvgPool2d(2)),
            ("classifier", DigitClassifiers.Cnn(1, Pooled, DigitTask.Classes))),
        Paper = new PaperResult(1, "ST-CNN Aff", "RTS", 0.5),
        Protocols = Protocols.Digits,
    };

    private static SpatialTransformer Transformer(Transformation transformation) =>
        new(LocalisationNetwork.Convolutional(1, Task.Distortion.Canvas, transformation), transformation);
}
