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
        var lines = File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        if (lines.Length < 2)
            throw new DataFormatException($"{path} has no line of a picture");
        var columns = lines[0].Index().ToDictionary(column => column.Item, column => column.Index);
        string[] names = [.. lines.Skip(1).Select((line, i) => Row(line, i).Text("class")).Distinct()];
        return new BirdPictures(
            folder, [.. names.Select(BirdPictures.NameOf)], [.. lines.Skip(1).Select((line, i) => BirdOf(Row(line, i), names))]);

        CsvRow Row(string[] fields, int index) => new(path, index + 2, columns, fields);
    }

    private static Bird BirdOf(CsvRow row, string[] names) => new(
        Path.Combine("images", row.Text("subset_path")), Array.IndexOf(names, row.Text("class")), IsTraining(row), Box: null,
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
