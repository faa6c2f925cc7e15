using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>A table of the paper with our numbers beside its own.</summary>
public interface IPaperTable
{
    /// <summary>The paper's number of it.</summary>
    int Number { get; }

    /// <summary>What it shows.</summary>
    string Title { get; }

    /// <summary>For a terminal.</summary>
    string Text(ResultFiles files);

    /// <summary>For a document in <c>docs/</c>: a section.</summary>
    string Markdown(ResultFiles files);

    /// <summary>One object a cell and protocol, for JSON.</summary>
    IReadOnlyList<object> Json(ResultFiles files);
}
