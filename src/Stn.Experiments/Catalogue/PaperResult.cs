namespace Stn.Experiments.Catalogue;

/// <summary>A number that the paper prints.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="Row">The row as printed.</param>
/// <param name="Column">The column as printed.</param>
/// <param name="Error">The number: an error in percent.</param>
public sealed record PaperResult(int Table, string Row, string Column, double Error);
