namespace Stn.Experiments.Reports;

/// <summary>Labels in words.</summary>
public static class LabelText
{
    private const string None = "none";
    private const string Blank = "–";

    /// <summary>The names of a sample's labels: of a sequence without the places behind its end, whose class has no name; "none" if it is empty.</summary>
    /// <param name="classNames">The names of the classes, by label.</param>
    /// <param name="labels">One class, or those of a sequence.</param>
    public static string Of(IReadOnlyList<string> classNames, IEnumerable<int> labels)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var names = labels.Select(label => classNames[label]).ToList();
        var end = names.FindLastIndex(name => name.Length > 0) + 1;
        names.RemoveRange(end, names.Count - end);
        return names.Count == 0 ? None : string.Join(' ', names.Select(name => name.Length > 0 ? name : Blank));
    }
}
