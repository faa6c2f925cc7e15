using Stn.Data;
using Stn.Data.Distortions;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Results;
using Stn.Transformations;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Reports;

/// <summary>What a transformer chose for each image, beside what was applied to the digit.</summary>
/// <param name="Angles">Degrees, counter-clockwise as seen: applied and chosen.</param>
/// <param name="Scales">The digit's scale that was applied, and the side of the region chosen, the image's own being 1.</param>
/// <param name="Places">The digit's centre in the image and in the transformer's output, both normalised.</param>
public sealed record PoseStatistics(
    IReadOnlyList<(double Applied, double Chosen)> Angles, IReadOnlyList<(double Applied, double Chosen)> Scales,
    IReadOnlyList<(NormalizedPoint Before, NormalizedPoint After)> Places)
{
    /// <summary>Of a run on digits whose poses are known; null where they are not, or the network has no transformer of images.</summary>
    public static PoseStatistics? Of(TrainedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var transformer = run.Network.Modules().Select(m => m.Module).OfType<SpatialTransformerModule>().FirstOrDefault() as SpatialTransformer;
        return transformer is not null && run.Sets.Evaluation is DistortedSet digits
            ? Of(run.Evaluation, transformer.Transformation, digits.Plane, index => digits.PoseOf(index))
            : null;
    }

    /// <summary>From what a network predicted on digits with a known pose; null where there are none.</summary>
    /// <param name="evaluation">What the network chose.</param>
    /// <param name="family">The family of its θ.</param>
    /// <param name="canvas">The size of the images.</param>
    /// <param name="poseOf">The pose that was applied to an image; null where there is none.</param>
    /// <remarks>
    /// θ maps an upright target to its source, so its rotation is the digit's own: atan2(θ₁₂ − θ₂₁, θ₁₁ + θ₂₂), the
    /// nearest rotation, with y downwards. Its scale is √|det|. Of families that are not affine, both are those of the
    /// linear part in the middle of the target.
    /// </remarks>
    public static PoseStatistics? Of(Evaluation evaluation, Transformation family, Plane canvas, Func<int, Pose?> poseOf)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(poseOf);
        var known = new List<(LocalAffine Chosen, Pose Pose)>();
        foreach (var prediction in evaluation.Predictions.Where(p => p.Theta is not null))
        {
            if (poseOf(prediction.Index) is { } pose)
                known.Add((LocalAffine.Of(family, prediction.Theta), pose));
        }

        return known.Count == 0
            ? null
            : new PoseStatistics(
                [.. known.Select(one => (one.Pose.AngleDegrees, one.Chosen.Degrees))],
                [.. known.Select(one => (one.Pose.Scale, one.Chosen.Scale))],
                [.. known.Select(one => Place(one.Pose, one.Chosen, canvas))]);
    }

    /// <summary>The spreads before the transformer and behind it.</summary>
    public PoseSpread Spread => new(
        Deviation([.. Angles.Select(a => a.Applied)]), Deviation(AnglesLeft),
        100 * Deviation([.. Scales.Select(s => Math.Log(s.Applied))]), 100 * Deviation([.. Scales.Select(s => Math.Log(s.Applied / s.Chosen))]),
        Scatter([.. Places.Select(p => p.Before)]), Scatter([.. Places.Select(p => p.After)]));

    /// <summary>The angles that are left behind the transformer, about their mean: which way up it puts the digits is its own choice.</summary>
    public IReadOnlyList<double> AnglesLeft
    {
        get
        {
            // Angles are means on a circle: a transformer may put digits on their heads, and choose 179° here and −179° there.
            var left = Angles.Select(a => (a.Applied - a.Chosen) * Math.PI / 180).ToArray();
            var mean = Math.Atan2(left.Sum(Math.Sin), left.Sum(Math.Cos));
            return [.. left.Select(l => Math.IEEERemainder(l - mean, 2 * Math.PI) * 180 / Math.PI)];
        }
    }

    private static (NormalizedPoint Before, NormalizedPoint After) Place(Pose pose, LocalAffine chosen, Plane canvas)
    {
        var centre = new NormalizedPoint(2 * pose.OffsetX / canvas.Width, 2 * pose.OffsetY / canvas.Height);
        return (centre, chosen.TargetOf(centre));
    }

    // A side of the image is 2 in normalised coordinates.
    private static double Scatter(IReadOnlyList<NormalizedPoint> places)
    {
        var (x, y) = (Deviation([.. places.Select(p => p.X)]), Deviation([.. places.Select(p => p.Y)]));
        return 100 * Math.Sqrt((x * x) + (y * y)) / 2;
    }

    private static double Deviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
