using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Checks.Results;
using Stn.Torch;

namespace Stn.Checks.Checks;

/// <summary>
/// V and its gradients against libtorch's own operators on the same tensors. For the gradients, points at which libtorch is known to
/// disagree are put elsewhere in the grid on both sides and pass none, so that all others are still compared. θ cannot be changed so:
/// where it moves a point behind the horizon, its gradients are left to the scalar form.
/// </summary>
public sealed class AgainstLibtorch : WarpCheck
{
    // A normalised coordinate between pixels of every size.
    private const double Elsewhere = 0.1875;

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
        var (known, excused) = (new Dictionary<string, int>(), new HashSet<int>());
        var unexplained = Values(one, pair, input).Where(difference => !Explain(one, input, difference, known, excused)).ToList();
        LeaveOut(one, input, known, excused);
        if (one.HasGrid || excused.Count == 0)
            unexplained.AddRange(Gradients(one, pair, Without(excused, pair, input)));
        return CheckResult.Of(Title(one, input), unexplained, known);
    }

    private static IEnumerable<Difference> Values(WarpCase one, WarpPair pair, CheckInput input)
    {
        using var recording = new NoGrad();
        var (theirs, ours) = (Numbers(pair.Libtorch!(input.Image, input.Second)), Numbers(pair.Ours(input.Image, input.Second)));
        return Difference.Between(
            "V", theirs, ours, Tolerances.Values(input, one.Type), element => input.CountsForValues(element, one.Sampler.Jumps));
    }

    private static bool Explain(WarpCase one, CheckInput input, Difference difference, Dictionary<string, int> known, HashSet<int> excused)
    {
        var point = input.PointOfValue(difference.Index);
        var reason = KnownDisagreement.All.FirstOrDefault(
            each => each.Excuses is { } excuses && each.IsFor(one, input.Places[point]) && excuses(difference));
        if (reason is null)
            return false;
        known[reason.Name] = known.GetValueOrDefault(reason.Name) + 1;
        excused.Add(point);
        return true;
    }

    // Points whose gradient libtorch must not be asked for, or is known to lose.
    private static void LeaveOut(WarpCase one, CheckInput input, Dictionary<string, int> known, HashSet<int> excused)
    {
        foreach (var reason in KnownDisagreement.All.Where(each => each.Excuses is null))
        {
            var points = Enumerable.Range(0, input.Places.Length).Where(point => reason.IsFor(one, input.Places[point])).ToArray();
            excused.UnionWith(points);
            if (points.Length > 0)
                known[reason.Name] = points.Length;
        }
    }

    private static IEnumerable<Difference> Gradients(WarpCase one, WarpPair pair, CheckInput input)
    {
        var (ours, theirs) = (Compute(pair.Ours, input, input.Seed), Compute(pair.Libtorch!, input, input.Seed));
        return
        [
            .. Difference.Between("∂U", theirs.Images, ours.Images, Tolerances.Images(input, one.Type)),
            .. Difference.Between(SecondOf(one), theirs.Second, ours.Second, Tolerances.Second(input, one.Type)),
        ];
    }

    // The input with some points of its grid elsewhere, where their ∂V is 0.
    private static CheckInput Without(HashSet<int> points, WarpPair pair, CheckInput input)
    {
        if (points.Count == 0)
            return input;
        var (seed, grid, axes) = (Numbers(input.Seed), Numbers(input.Second), pair.Points.Dimensions);
        for (var i = 0; i < seed.Length; i++)
            seed[i] = points.Contains(input.PointOfValue(i)) ? 0 : seed[i];
        foreach (var point in points)
            grid.AsSpan(point * axes, axes).Fill(Elsewhere);
        return input with
        {
            Seed = Tensor.From(seed, input.Seed.Shape).To(input.Seed.Type),
            Second = Tensor.From(grid, input.Second.Shape).To(input.Second.Type).RequireGrad(),
        };
    }
}
