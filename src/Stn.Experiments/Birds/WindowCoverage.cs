using Stn.Data.Birds;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Experiments.Birds;

/// <summary>The birds whose head, or body, lies in a window.</summary>
/// <param name="Window">Which window, in words.</param>
/// <param name="Heads">Of all heads that can be seen, in percent.</param>
/// <param name="Bodies">Of all bodies that can be seen, in percent.</param>
public sealed record WindowShare(string Window, double Heads, double Bodies);

/// <summary>
/// What a network's windows see of the birds, beside windows that do not move: one in the middle, and the tiles that the network began with. It
/// learned from classes alone; where heads and bodies are, CUB says (<see cref="BirdParts"/>), each as the middle of its visible parts.
/// </summary>
/// <param name="Heads">How many heads can be seen.</param>
/// <param name="Bodies">How many bodies can be seen.</param>
/// <param name="Shares">The learned windows one by one and together, then the fixed ones.</param>
public sealed record WindowCoverage(int Heads, int Bodies, IReadOnlyList<WindowShare> Shares)
{
    /// <summary>Of a run on birds; null where its network has no windows.</summary>
    public static WindowCoverage? Of(TrainedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Sets.Evaluation is BirdSet birds ? Of(run.Network, birds) : null;
    }

    /// <summary>Of a network on a fixed set of birds; null where it has no windows.</summary>
    public static WindowCoverage? Of(Module network, BirdSet birds)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(birds);
        if (network.Modules().Select(m => m.Module).OfType<ParallelTransformers>().FirstOrDefault() is not { } parallel)
            return null;
        var transformers = parallel.Transformers.OfType<SpatialTransformer>().ToArray();
        var scales = transformers.Select(t => ((WindowTransformation)t.Transformation).Scale).ToArray();
        var thetas = Evaluator.Thetas(network, birds, Device.Cpu);
        var learned = transformers.Select((t, i) => Window.Learned(scales[i], thetas[t])).ToArray();
        var tiles = StartingWindows.Tiles(learned.Length, scales[0]).Select(middle => Window.Fixed(scales[0], middle)).ToArray();
        return Of(
            birds,
            [
                .. learned.Select((window, i) => ($"learned, {i + 1}", new[] { window })),
                ("learned, any", learned),
                ("fixed, the middle", [Window.Fixed(scales[0], (0, 0))]),
                ("fixed, any of the tiles", tiles),
            ]);
    }

    private static WindowCoverage Of(BirdSet birds, IReadOnlyList<(string Name, Window[] Windows)> rows)
    {
        var (heads, bodies) = (Places(birds, BirdParts.Head), Places(birds, BirdParts.Body));
        return new WindowCoverage(
            heads.Length, bodies.Length, [.. rows.Select(row => new WindowShare(row.Name, Share(heads, row.Windows), Share(bodies, row.Windows)))]);
    }

    private static (int Bird, double X, double Y)[] Places(BirdSet birds, IReadOnlyList<BirdPart> parts) =>
    [
        .. from bird in Enumerable.Range(0, birds.Count)
           let middle = birds.Middle(bird, parts)
           where middle is not null
           select (bird, middle.Value.X, middle.Value.Y),
    ];

    private static double Share((int Bird, double X, double Y)[] places, Window[] windows) =>
        places.Length == 0 ? 0 : 100.0 * places.Count(place => windows.Any(window => window.Holds(place.Bird, place.X, place.Y))) / places.Length;

    // Of each bird the middle, normalised, and half the side in the same units.
    private sealed record Window(double Half, Func<int, (double X, double Y)> MiddleOf)
    {
        public static Window Learned(double half, float[] thetas) => new(half, bird => (thetas[2 * bird], thetas[(2 * bird) + 1]));

        public static Window Fixed(double half, (double X, double Y) middle) => new(half, _ => middle);

        public bool Holds(int bird, double x, double y)
        {
            var (middleX, middleY) = MiddleOf(bird);
            return Math.Abs(x - middleX) <= Half && Math.Abs(y - middleY) <= Half;
        }
    }
}
