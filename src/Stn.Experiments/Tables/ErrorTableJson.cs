using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>A cell as <c>stn table --json</c> prints it.</summary>
internal static class ErrorTableJson
{
    internal static object Of(ErrorCell cell) => new
    {
        cell.Data,
        cell.Network,
        Paper = cell.Paper.Error,
        cell.Ours,
        cell.Spread,
        Seeds = cell.Records.Count,
        cell.Protocol,
        Earlier = cell.IsEarlier,
        cell.Minutes,
        Log = cell.First is { } first ? ResultFiles.DisplayName(first) : null,
        AtOrBelowPaper = cell.IsAtOrBelow,
        Epochs = cell.First?.Epochs,
        Steps = cell.First?.Steps,
        Samples = cell.First?.Samples,
        Logs = cell.Records.Select(ResultFiles.DisplayName).ToArray(),
        cell.Baseline,
        cell.Paired,
    };
}
