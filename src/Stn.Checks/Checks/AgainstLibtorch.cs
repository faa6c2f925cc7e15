using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>
/// V and its gradients against libtorch's own operators on the same tensors. Where V differs at a point by a known disagreement, the
/// point passes no gradient on either side, so that the rest of ∂U and of ∂θ is still compared.
/// </summary>
public sealed class AgainstLibtorch : WarpCheck
{
    /// <inheritdoc/>
    public override string Name => "libtorch";

    /// <inheritdoc/>
    public override bool IsFor(WarpCase one, InputShape shape)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.LibtorchHasIt;
    }

    /// <inheritdoc/>
    public override CheckResult Run(WarpCase one, WarpPair pair, CheckInput input)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(input);
        var known = new Dictionary<string, int>();
        var excused = new HashSet<int>();
        var unexplained = new List<Difference>();
        var (ours, theirs) = (Compute(pair.Ours, input, input.Seed), Compute(pair.Libtorch!, input, input.Seed));
        foreach (var difference in Difference.Between(
            "V", theirs.Values, ours.Values, Tolerances.Values(input, one.Type), element => input.CountsForValues(element, one.Sampler.Jumps)))
        {
            var point = input.PointOfValue(difference.Index);
            if (KnownDisagreement.All.FirstOrDefault(each => each.Excuses(one, input.Places[point], difference)) is { } reason)
            {
                known[reason.Name] = known.GetValueOrDefault(reason.Name) + 1;
                excused.Add(point);
            }
            else
            {
                unexplained.Add(difference);
            }
        }

        return CheckResult.Of(Title(one, input), [.. unexplained, .. Gradients(one, pair, input, excused)], known);
    }

    private static IEnumerable<Difference> Gradients(WarpCase one, WarpPair pair, CheckInput input, HashSet<int> excused)
    {
        var seed = Without(excused, input);
        var (ours, theirs) = (Compute(pair.Ours, input, seed), Compute(pair.Libtorch!, input, seed));
        var own = pair.Points.Identity.Count;
        var ofPoint = one.HasGrid ? own / Math.Max(1, input.Shape.Target.Length) : 0;
        return
        [
            .. Difference.Between("∂U", theirs.Images, ours.Images, Tolerances.Images(input, one.Type)),
            .. Difference.Between(
                SecondOf(one), theirs.Second, ours.Second, Tolerances.Second(input, one.Type),
                element => !one.HasGrid || !excused.Contains(element / ofPoint)),
        ];
    }

    // ∂V with zeros at some points.
    private static Tensor Without(HashSet<int> points, CheckInput input)
    {
        if (points.Count == 0)
            return input.Seed;
        var numbers = Numbers(input.Seed);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = points.Contains(input.PointOfValue(i)) ? 0 : numbers[i];
        return Tensor.From(numbers, input.Seed.Shape).To(input.Seed.Type);
    }
}
