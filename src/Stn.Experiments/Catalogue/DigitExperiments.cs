using Stn.Experiments.Networks;
using Stn.Experiments.Training;

namespace Stn.Experiments.Catalogue;

/// <summary>
/// The experiments of the paper's table 1 and of the text beside it: every kind of network on every distortion of the digits. Networks of
/// one data set have the same number of parameters within 2 % (<see cref="DigitNetworks.Of"/>).
/// </summary>
/// <remarks>
/// Where the canvas is larger than a digit the paper pools the transformer's output by 2 before the classifier; whether its plain
/// networks pool is not stated, so there are both: <c>rts/cnn</c> sees 42×42, <c>rts/cnn-pooled</c> is what stands behind the transformer;
/// <c>tc/fcn</c> sees 30×30, for the whole canvas, <c>tc/fcn-canvas</c>, leaves its layers fewer units than the paper gives them.
/// On TC the paper gives a number for a family of networks and not for each transformation; it is taken to be the affine one's.
/// <code>
/// stn train rts/st-cnn-aff
/// stn train e/st-fcn-tps --epochs 4
/// </code>
/// </remarks>
public static class DigitExperiments
{
    // Rows as in the paper; columns R, RTS, P, E, and TC from the text of section 4.1. Errors in percent.
    private static readonly string[] Columns = ["R", "RTS", "P", "E", "TC"];

    private static readonly Dictionary<string, double[]> Paper = new()
    {
        ["FCN"] = [2.1, 5.2, 3.1, 3.2, 13.2],
        ["CNN"] = [1.2, 0.8, 1.5, 1.4, 3.5],
        ["ST-FCN Aff"] = [1.2, 0.8, 1.5, 2.7, 2.0],
        ["ST-FCN Proj"] = [1.3, 0.9, 1.4, 2.6],
        ["ST-FCN TPS"] = [1.1, 0.8, 1.4, 2.4],
        ["ST-CNN Aff"] = [0.7, 0.5, 0.8, 1.2, 1.7],
        ["ST-CNN Proj"] = [0.8, 0.6, 0.8, 1.3],
        ["ST-CNN TPS"] = [0.7, 0.5, 0.8, 1.1],
    };

    /// <summary>All: data set by data set, networks in the order of table 1.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        .. from task in DigitTasks.All
           let images = new DigitImages(task.Shape.Plane)
           from kind in DigitNetworks.Kinds
           where kind.IsFor(images)
           select Of(task, DigitNetworks.Of(kind.Name, images)),
    ];

    private static Experiment Of(DigitTask task, DigitNetwork network) => new()
    {
        Name = $"{task.Name}/{network.Kind.Name}",
        Summary = Summary(network),
        Task = task,
        Network = network.Create,
        Paper = Result(network.Kind.PaperRow, task.Name.ToUpperInvariant()),
        Protocols = Recipe(network.Kind, isCluttered: task == DigitTasks.Tc),
    };

    private static IReadOnlyDictionary<string, TrainingConfig> Recipe(DigitNetworkKind kind, bool isCluttered) =>
        (kind.IsConvolutional, kind.Transformation) switch
        {
            (false, _) => Protocols.FullyConnectedDigits,
            (true, null) => isCluttered ? Protocols.PlainClutteredDigits : Protocols.PlainDigits,
            (true, _) => isCluttered ? Protocols.ClutteredDigits : Protocols.Digits,
        };

    private static PaperResult? Result(string? row, string column)
    {
        var index = Array.IndexOf(Columns, column);
        return row is not null && Paper[row] is { } errors && index < errors.Length
            ? new PaperResult(1, row, column, errors[index])
            : null;
    }

    private static string Summary(DigitNetwork network)
    {
        var (kind, images) = (network.Kind, network.Images);
        var classifier = kind.IsConvolutional ? $"CNN, {network.Width} + {network.Width} filters" : $"FCN, 2 × {network.Width} units";
        var pooled = $"pooled to {images.Pooled.Width}×{images.Pooled.Height}";
        return kind.Input switch
        {
            ClassifierInput.PooledImage when images.Pools =>
                $"{classifier}, on the image {pooled}{(kind.IsAnotherReading ? ": what stands behind an affine transformer, alone" : string.Empty)}",
            ClassifierInput.Image or ClassifierInput.PooledImage => $"{classifier}, on the whole image",
            _ => $"{kind.Transformation!().Name} transformer, {(images.Pools ? $"output {pooled}, " : string.Empty)}{classifier}",
        };
    }
}
