namespace Stn.Experiments.Tables;

/// <summary>The paper's tables, by number.</summary>
public static class PaperTables
{
    /// <summary>Those that there are experiments for.</summary>
    public static IReadOnlyList<IPaperTable> All { get; } = [Table1.Create(), Table2.Create(), Table3.Create(), Table4.Create(), new Table5()];

    /// <summary>The table of a number.</summary>
    /// <exception cref="ArgumentException">There is none; the text says which there are.</exception>
    public static IPaperTable Find(int number) =>
        All.FirstOrDefault(table => table.Number == number)
        ?? throw new ArgumentException($"there is no table {number}; there are {string.Join(", ", All.Select(table => table.Number))}", nameof(number));
}
