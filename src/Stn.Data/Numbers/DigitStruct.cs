using Stn.Data.Hdf5;

namespace Stn.Data.Numbers;

/// <summary>
/// digitStruct.mat of the Street View House Numbers, format 1: for each picture its name and a box for each digit. The file is MATLAB's
/// version 7.3, which is HDF5.
/// </summary>
public static class DigitStruct
{
    // MATLAB counts from 1: the digit 0 has the label 10.
    private const int LabelOfZero = 10;

    /// <summary>Throws unless the library that reads such files is there.</summary>
    /// <exception cref="DllNotFoundException">libhdf5 is not installed.</exception>
    public static void RequireLibrary() => Hdf5.Interop.H5.Require();

    /// <summary>Reads all pictures, in the file's order.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">It has another form; the text names the place.</exception>
    /// <exception cref="DllNotFoundException">libhdf5 is not installed.</exception>
    public static IReadOnlyList<HouseNumber> Read(string path)
    {
        using var file = Hdf5Object.OpenFile(path);
        using var all = file["digitStruct"];
        using var nameColumn = all["name"];
        using var boxColumn = all["bbox"];
        var (names, boxes) = (nameColumn.ReadReferences(), boxColumn.ReadReferences());
        if (names.Length != boxes.Length)
            throw new DataFormatException($"{path}: digitStruct has {names.Length} names and {boxes.Length} boxes");

        var numbers = new HouseNumber[names.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            using var name = file.Follow(names[i], $"name {i + 1}");
            using var box = file.Follow(boxes[i], $"bbox {i + 1}");
            numbers[i] = new HouseNumber(FileOf(name.ReadText(), $"{path}: name {i + 1}"), Digits(file, box, $"{path}: bbox {i + 1}"));
        }

        return numbers;
    }

    // The pictures lie beside the index: a name that leads elsewhere is none of theirs.
    private static string FileOf(string name, string place) => name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', '\0']) < 0
        ? name
        : throw new DataFormatException($"{place} is '{name}'; expected the name of a picture beside it");

    private static DigitBox[] Digits(Hdf5Object file, Hdf5Object box, string place)
    {
        var label = Field(file, box, "label");
        var (left, top) = (Field(file, box, "left"), Field(file, box, "top"));
        var (width, height) = (Field(file, box, "width"), Field(file, box, "height"));
        if (new[] { left, top, width, height }.Any(field => field.Length != label.Length))
            throw new DataFormatException($"{place} has {label.Length} labels but {left.Length}, {top.Length}, {width.Length} and {height.Length} edges (left, top, width, height)");
        return [.. label.Select((l, i) => new DigitBox(DigitOf(l, place), left[i], top[i], width[i], height[i])).OrderBy(d => d.Left)];
    }

    private static int DigitOf(double label, string place) => label is >= 1 and <= LabelOfZero && label == Math.Floor(label)
        ? (int)label % LabelOfZero
        : throw new DataFormatException(FormattableString.Invariant($"{place} has a label {label}; labels are 1 to 9, and 10 for the digit 0"));

    // One digit: the number itself. More: a reference to each.
    private static double[] Field(Hdf5Object file, Hdf5Object box, string name)
    {
        using var field = box[name];
        if (!field.HoldsReferences)
            return field.ReadNumbers();
        var references = field.ReadReferences();
        var values = new double[references.Length];
        for (var i = 0; i < values.Length; i++)
        {
            using var value = file.Follow(references[i], $"{name} {i + 1}");
            values[i] = value.ReadNumbers() is [var one] ? one : throw new DataFormatException($"{name} {i + 1} of a box is not one number");
        }

        return values;
    }
}
