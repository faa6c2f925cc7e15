using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>The page <c>docs/results.md</c>: all tables, and what stands in none.</summary>
public static class ResultsPage
{
    private const string Head = """
        # Results

        Written by `stn table --markdown > docs/results.md` from the records in [results/](../results), which `stn train … --record` and
        `stn sweep` write; each holds the command that repeats it. Not to be edited.


        """;

    /// <summary>The page from records.</summary>
    public static string Of(ResultFiles files) => Head + string.Join('\n', PaperTables.All.Select(table => table.Markdown(files))) + BesideThePaper.Markdown(files);
}
