using System.Globalization;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>The schedule of a run's settings.</summary>
internal static class Schedules
{
    /// <summary>Makes it.</summary>
    internal static Schedule Of(TrainingConfig config, long totalSteps) => config.Schedule switch
    {
        "constant" => new Schedule.Constant(config.Rate),
        "steps" when config.Milestones is { Count: > 0 } milestones => new Schedule.AtMilestones(config.Rate, milestones),
        "steps" => new Schedule.Steps(config.Rate, config.StepEvery),
        "one-cycle" => new Schedule.OneCycle(config.Rate, totalSteps, config.WarmUp),
        _ => throw new ArgumentException($"there is no schedule '{config.Schedule}'"),
    };

    /// <summary>Reads <c>10000,20000,25000</c>.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    internal static IReadOnlyList<long> Milestones(string text)
    {
        long[] steps = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one =>
            long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1)];
        return steps.All(step => step > 0) && steps.Zip(steps.Skip(1)).All(pair => pair.First < pair.Second)
            ? steps
            : throw new ArgumentException($"steps_at must be whole numbers above 0 in rising order, separated by commas, got '{text}'");
    }
}
