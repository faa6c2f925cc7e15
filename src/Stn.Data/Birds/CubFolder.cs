using Stn.Data.Scenes;

namespace Stn.Data.Birds;

/// <summary>
/// The folder of CUB-200-2011 as its authors hand it out: <c>images.txt</c>, <c>classes.txt</c>, <c>image_class_labels.txt</c>,
/// <c>train_test_split.txt</c> (1 is to learn from), <c>bounding_boxes.txt</c>, <c>parts/part_locs.txt</c>, and pictures below <c>images/</c>.
/// </summary>
internal static class CubFolder
{
    private const string Index = "images.txt";

    /// <summary>Whether a folder is one.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, Index)) && File.Exists(Path.Combine(folder, "bounding_boxes.txt"));

    /// <summary>Reads the index; opens no picture.</summary>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="DataFormatException">A file is not what it should be; the text names the place.</exception>
    public static BirdPictures Read(string folder)
    {
        var classes = Table("classes.txt", "class name").ById(line => line.Text(1));
        int[] order = [.. classes.Keys.Order()];
        var labels = Table("image_class_labels.txt", "image class");
        var splits = Table("train_test_split.txt", "image is_training");
        var boxes = Table("bounding_boxes.txt", "image x y width height");
        var (label, split, box, parts) = (labels.ById(line => Label(line, order)), splits.ById(line => line.Flag(1)), boxes.ById(BoxOf), Parts(folder));
        var files = new IndexedFiles();
        var birds = Table(Index, "image file").ById(line => files.Add(line.Text(1), line.Error)).OrderBy(image => image.Key).Select(image => new Bird(
            image.Value, labels.Of(label, image.Key, "image"), splits.Of(split, image.Key, "image"),
            boxes.Of(box, image.Key, "image"), [.. parts[image.Key]]));
        return new BirdPictures(folder, [.. order.Select(id => BirdPictures.NameOf(classes[id]))], [.. birds]);

        CubTable Table(string name, string form) => new(Path.Combine(folder, name), form);
    }

    private static int Label(CubLine line, int[] classes)
    {
        var label = Array.BinarySearch(classes, line.Whole(1));
        return label >= 0 ? label : throw line.Error($"classes.txt has no class {line.Whole(1)}");
    }

    private static Box BoxOf(CubLine line)
    {
        var (left, top, width, height) = (line.Number(1), line.Number(2), line.Number(3), line.Number(4));
        return width > 0 && height > 0
            ? new Box(left, top, left + width, top + height)
            : throw line.Error(FormattableString.Invariant($"a box of {width}×{height} pixels"));
    }

    private static ILookup<int, PartPlace> Parts(string folder) =>
        new CubTable(Path.Combine(folder, "parts", "part_locs.txt"), "image part x y is_visible").Lines().Where(line => line.Flag(4))
            .ToLookup(line => line.Whole(0), line => new PartPlace(PartOf(line), line.Number(2), line.Number(3)));

    private static BirdPart PartOf(CubLine line) => Enum.IsDefined((BirdPart)line.Whole(1))
        ? (BirdPart)line.Whole(1)
        : throw line.Error($"{line.Whole(1)} is no part; they are 1 to {(int)BirdPart.Throat}");
}
