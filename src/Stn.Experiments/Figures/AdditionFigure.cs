using System.Globalization;
using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;
using Stn.Experiments.Results;
using Stn.Torch;

namespace Stn.Experiments.Figures;

/// <summary>
/// Which of two transformers took which digit of MNIST addition: pairs with the outlines of both regions and both outputs, and over them how
/// far each transformer took the scatter off each digit's place. A picture for each trained network.
/// </summary>
internal static class AdditionFigure
{
    private const int Pairs = 12;
    private const int Columns = 6;
    private const int Measured = 1000;
    private static readonly string[] Transformers = ["orange", "blue"];

    /// <summary>The networks with two transformers.</summary>
    private static IEnumerable<string> Names => AdditionExperiments.All.Select(e => e.Name).Where(name => name.Contains("/2st-", StringComparison.Ordinal));

    /// <summary>Writes what can be made, and notes what is missing.</summary>
    /// <exception cref="FileNotFoundException">No such network is trained.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var missing = Names.Where(name => !sources.Has(name)).ToList();
        if (missing.Count == Names.Count())
            throw new FileNotFoundException($"the figure needs a trained {string.Join(" or ", missing)}; train them with: stn train <name>");
        if (missing.Count > 0)
            sources.Note($"trained networks are missing: {string.Join(", ", missing)}");
        foreach (var name in Names.Except(missing))
        {
            var (network, set) = sources.LoadUnmeasured(name);
            using (network)
            {
                var path = Path.Combine(folder, $"{name.Replace('/', '-')}.png");
                PictureFile.Write(path, Draw(network.Network, (AdditionSet)set, network.Experiment));
                yield return path;
            }
        }
    }

    private static Data.Pictures.Picture Draw(Module network, AdditionSet set, Experiment experiment)
    {
        var spreads = Spreads(network, set);
        var title = string.Join(";  ", spreads.Index().Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{Transformers[one.Index]}: place of the red digit {Change(one.Item.First)}, of the cyan one {Change(one.Item.Second)}")));
        var shown = Evaluator.Evaluate(network, new FirstSamples(set, Pairs), Device.Cpu).Predictions;
        return new DigitPictures(network, set, experiment.Task.ClassNames) { Zoom = 2 }.Sheet(title, shown, Columns);
    }

    /// <summary>For each transformer how the poses of the first digits and of the second ones vary, before it and behind it.</summary>
    /// <param name="network">Its first transformers stand side by side.</param>
    /// <param name="set">The pairs.</param>
    internal static IReadOnlyList<(PoseSpread First, PoseSpread Second)> Spreads(Module network, AdditionSet set)
    {
        var transformers = network.Modules().Select(m => m.Module).OfType<ParallelTransformers>().First().Transformers;
        var thetas = Evaluator.Thetas(network, new FirstSamples(set, Measured), Device.Cpu);
        return [.. transformers.OfType<SpatialTransformer>().Select(transformer =>
        {
            var chosen = new Evaluation([.. thetas[transformer].Chunk(transformer.Transformation.ParameterCount)
                .Select((theta, index) => new Prediction(index, [0], [0], 0, 0, [.. theta.Select(v => (double)v)]))]);
            PoseSpread Of(Func<int, Data.Distortions.Pose> poseOf) =>
                PoseStatistics.Of(chosen, transformer.Transformation, AdditionSet.Pair.Plane, index => poseOf(index))!.Spread;
            return (Of(index => set.PosesOf(index).First.Pose), Of(index => set.PosesOf(index).Second.Pose));
        })];
    }

    private static string Change(PoseSpread spread) =>
        string.Create(CultureInfo.InvariantCulture, $"{spread.PlaceBefore:f1} to {spread.PlaceAfter:f1} %");
}
