using System.Globalization;

namespace Stn.Data.Birds;

/// <summary>
/// A part of CUB-200-2011 as crops: each picture is a bird's box, and one file, <c>parts_in_crop.csv</c>, has the path, the class, CUB's own split
/// and the parts in the crop's pixels. The split is read from there since <c>train_test_split.txt</c> of such folders has 0 for training.
/// </summary>
internal static class CubCrops
{
    private const string Index = "parts_in_crop.csv";

    private static readonly (BirdPart Part, string Name)[] s_parts =
    [
        .. Enum.GetValues<BirdPart>().Select(part => (part, ColumnOf(part))),
    ];

    /// <summary>Whether a folder is one.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, Index));

    /// <summary>Reads the index; opens no picture.</summary>
    /// <exception cref="DataFormatException">It is not what it should be; the text names the line.</exception>
    public static BirdPictures Read(string folder)
    {
        var path = Path.Combine(folder, Index);
        var lines = File.ReadLines(path).Index().Where(line => line.Item.Length > 0).Select(line => (Number: line.Index + 1, Fields: line.Item.Split(','))).ToArray();
        if (lines.Length < 2)
            throw new DataFormatException($"{path} has no line of a picture");
        var columns = Columns(path, lines[0].Fields);
        CsvRow[] rows = [.. lines.Skip(1).Select(line => new CsvRow(path, line.Number, columns, line.Fields))];
        string[] names = [.. rows.Select(row => row.Text("class")).Distinct()];
        var files = new IndexedFiles();
        return new BirdPictures(folder, [.. names.Select(BirdPictures.NameOf)], [.. rows.Select(row => BirdOf(row, names, files))]);
    }

    private static Dictionary<string, int> Columns(string path, string[] names) => names.Distinct().Count() == names.Length
        ? names.Index().ToDictionary(column => column.Item, column => column.Index)
        : throw new DataFormatException($"{path} names a column twice: {string.Join(", ", names.CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key))}");

    private static Bird BirdOf(CsvRow row, string[] names, IndexedFiles files) => new(
        files.Add(row.Text("subset_path"), row.Error), Array.IndexOf(names, row.Text("class")), IsTraining(row), Box: null,
        [
            .. from part in s_parts
               where row.Text($"{part.Name}_vis") == "1"
               select new PartPlace(part.Part, row.Number($"{part.Name}_x"), row.Number($"{part.Name}_y")),
        ]);

    private static bool IsTraining(CsvRow row) => row.Text("cub_split") switch
    {
        "train" => true,
        "test" => false,
        var other => throw row.Error($"cub_split is '{other}', not train or test"),
    };

    // LeftEye is left_eye there.
    private static string ColumnOf(BirdPart part) =>
        string.Concat($"{part}".Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private sealed class CsvRow(string path, int line, Dictionary<string, int> columns, string[] fields)
    {
        public string Text(string column) =>
            !columns.TryGetValue(column, out var index) ? throw new DataFormatException($"{path} has no column '{column}'")
            : fields.Length == columns.Count ? fields[index]
            : throw Error($"{fields.Length} fields; the first line names {columns.Count}");

        public double Number(string column) =>
            double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw Error($"{column} is '{Text(column)}', no number");

        public DataFormatException Error(string what) => new($"{path}, line {line}: {what}");
    }
}
