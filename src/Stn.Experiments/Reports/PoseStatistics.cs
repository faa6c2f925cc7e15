using Stn.Data.Distortions;
using Stn.Experiments.Evaluations;

namespace Stn.Experiments.Reports;

/// <summary>What an affine transformer chose for each image, beside what was applied to the digit.</summary>
/// <param name="Angles">Degrees, counter-clockwise as seen: applied and chosen.</param>
/// <param name="Scales">The digit's scale that was applied, and the side of the region chosen, the image's own being 1.</param>
public sealed record PoseStatistics(
    IReadOnlyList<(double Applied, double Chosen)> Angles, IReadOnlyList<(double Applied, double Chosen)> Scales)
{
    /// <summary>From predictions with θ of six numbers on digits with a known pose; null where there are none.</summary>
    /// <param name="evaluation">What the network chose.</param>
    /// <param name="poseOf">The pose that was applied to an image; null where there is none.</param>
    /// <remarks>
    /// θ maps an upright target to its source, so its rotation is the digit's own: atan2(θ₁₂ − θ₂₁, θ₁₁ + θ₂₂), the
    /// nearest rotation, with y downwards. Its scale is √|det|.
    /// </remarks>
    public static PoseStatistics? Of(Evaluation evaluation, Func<int, Pose?> poseOf)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(poseOf);
        var known = new List<(double[] Theta, Pose Pose)>();
        foreach (var prediction in evaluation.Predictions.Where(p => p.Theta is { Length: 6 }))
        {
            if (poseOf(prediction.Index) is { } pose)
                known.Add((prediction.Theta!, pose));
        }

        return known.Count == 0
            ? null
            : new PoseStatistics(
                [.. known.Select(one => (one.Pose.AngleDegrees, Angle(one.Theta)))],
                [.. known.Select(one => (one.Pose.Scale, Math.Sqrt(Math.Abs((one.Theta[0] * one.Theta[4]) - (one.Theta[1] * one.Theta[3])))))]);
    }

    /// <summary>The standard deviation of the digits' angles as they were applied.</summary>
    public double AngleSpreadBefore => Deviation([.. Angles.Select(a => a.Applied)]);

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

    /// <summary>The standard deviation of <see cref="AnglesLeft"/>.</summary>
    public double AngleSpreadAfter => Deviation(AnglesLeft);

    /// <summary>The standard deviation of the logarithm of the digits' scales as they were applied, in percent.</summary>
    public double ScaleSpreadBefore => 100 * Deviation([.. Scales.Select(s => Math.Log(s.Applied))]);

    /// <summary>The same behind the transformer.</summary>
    public double ScaleSpreadAfter => 100 * Deviation([.. Scales.Select(s => Math.Log(s.Applied / s.Chosen))]);

    private static double Angle(double[] theta) => Math.Atan2(theta[1] - theta[3], theta[0] + theta[4]) * 180 / Math.PI;

    private static double Deviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
