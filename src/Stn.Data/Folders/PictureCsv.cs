namespace Stn.Data.Folders;

/// <summary>A CSV file that names pictures: <c>path,label</c> or <c>path,label,train|validation</c> a line.</summary>
/// <remarks>Paths lie below the file's folder or are whole. A first line <c>path,label…</c> is a heading. Quotes as in RFC 4180.</remarks>
internal static class PictureCsv
{
    /// <summary>All pictures, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A line has another form; the text names it.</exception>
    public static IReadOnlyList<FoundPicture> Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var found = new List<FoundPicture>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (string.IsNullOrWhiteSpace(line) || (index == 0 && line.StartsWith("path,", StringComparison.OrdinalIgnoreCase)))
                continue;
            var fields = Fields(line);
            if (fields is not [{ Length: > 0 }, { Length: > 0 }] and not [{ Length: > 0 }, { Length: > 0 }, _])
                throw new InvalidDataException($"{path}, line {index + 1}: '{line}' is not path,label or path,label,train|validation");
            found.Add(new FoundPicture(Path.Combine(folder, fields[0]), fields[1], fields.Count == 3 ? IsValidation(fields[2], path, index + 1) : null));
        }

        return found.Any(f => f.IsValidation is null) && found.Any(f => f.IsValidation is not null)
            ? throw new InvalidDataException($"{path}: some lines name a part (train or validation) and others do not")
            : found;
    }

    private static bool IsValidation(string part, string path, int line) => part.Trim() switch
    {
        "train" => false,
        "validation" or "val" or "test" => true,
        _ => throw new InvalidDataException($"{path}, line {line}: '{part}' is no part; it is train or validation"),
    };

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else if (line[i] == '"')
                isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
                Next();
            else
                field.Append(line[i]);
        }

        Next();
        return fields;

        void Next()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }
}
