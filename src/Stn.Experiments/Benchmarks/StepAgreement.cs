namespace Stn.Experiments.Benchmarks;

/// <summary>Whether two sides compute the same: logits from the same weights, losses of the same steps.</summary>
internal static class StepAgreement
{
    /// <summary>Of the largest magnitude: what different orders of the same sums may differ by, after some steps too.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Throws unless they agree.</summary>
    /// <param name="what">Network and phase.</param>
    /// <param name="ours">Our values.</param>
    /// <param name="name">The other side's name.</param>
    /// <param name="theirs">Its values.</param>
    /// <exception cref="InvalidDataException">They differ; the text names the place and both values.</exception>
    public static void Require(string what, IReadOnlyList<double> ours, string name, IReadOnlyList<double> theirs)
    {
        if (ours.Count != theirs.Count)
            throw new InvalidDataException($"{what}: Stn gives {ours.Count} values, {name} {theirs.Count}: this is not the same network");
        var limit = Tolerance * ours.Max(Math.Abs);
        for (var i = 0; i < ours.Count; i++)
        {
            if (!(Math.Abs(ours[i] - theirs[i]) <= limit))
                throw new InvalidDataException($"{what}: value {i} is {ours[i]:g7} in Stn and {theirs[i]:g7} in {name}: this is not the same network, and is not timed");
        }
    }
}
