using System.Globalization;

namespace Stn.Data.Birds;

/// <summary>One of CUB's index files: lines of numbers or words with a blank between, the first the id of an image or a class.</summary>
/// <param name="path">The file.</param>
/// <param name="form">A line in words, for messages: <c>image class</c>.</param>
internal sealed class CubTable(string path, string form)
{
    private readonly int _fields = form.Split(' ').Length;

    /// <summary>All lines.</summary>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="DataFormatException">A line has another number of fields.</exception>
    public IEnumerable<CubLine> Lines()
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path} is not there; CUB-200-2011 has it with a line '{form}' for each");
        foreach (var (index, text) in File.ReadLines(path).Index())
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var line = new CubLine(path, index + 1, text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            yield return line.Count == _fields ? line : throw line.Error($"'{text}' is not '{form}'");
        }
    }

    /// <summary>A value for each id.</summary>
    /// <param name="value">Reads it from a line.</param>
    /// <exception cref="DataFormatException">An id stands there twice.</exception>
    public Dictionary<int, T> ById<T>(Func<CubLine, T> value)
    {
        var values = new Dictionary<int, T>();
        foreach (var line in Lines())
        {
            if (!values.TryAdd(line.Whole(0), value(line)))
                throw line.Error($"{line.Whole(0)} stands there twice");
        }

        return values;
    }

    /// <summary>The value of an id.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public T Of<T>(Dictionary<int, T> values, int id, string what) =>
        values.TryGetValue(id, out var value) ? value : throw new DataFormatException($"{path} has no line for {what} {id}");
}

/// <summary>A line of such a file.</summary>
/// <param name="path">The file.</param>
/// <param name="number">The line's number, from 1.</param>
/// <param name="fields">Its fields.</param>
internal sealed class CubLine(string path, int number, string[] fields)
{
    /// <summary>How many fields it has.</summary>
    public int Count => fields.Length;

    /// <summary>A field as it is.</summary>
    public string Text(int field) => fields[field];

    /// <summary>A whole number from 0.</summary>
    public int Whole(int field) => int.TryParse(fields[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw Error($"'{fields[field]}' is no whole number");

    /// <summary>A number.</summary>
    public double Number(int field) =>
        double.TryParse(fields[field], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Error($"'{fields[field]}' is no number");

    /// <summary>0 or 1.</summary>
    public bool Flag(int field) => fields[field] switch
    {
        "0" => false,
        "1" => true,
        _ => throw Error($"'{fields[field]}' is neither 0 nor 1"),
    };

    /// <summary>An error that names the file and the line.</summary>
    public DataFormatException Error(string what) => new($"{path}, line {number}: {what}");
}
