using Stn.Data.Pictures;

namespace Stn.Data.Tests.Birds;

/// <summary>A folder in CUB-200-2011's official layout: four birds of two classes in pictures of 40×30, two to learn from.</summary>
internal static class SmallCub
{
    /// <summary>Writes it, and returns its folder.</summary>
    public static string Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "parts"));
        Lines(folder, "classes.txt", "1 001.Black_footed_Albatross", "2 002.Laysan_Albatross");
        Lines(folder, "images.txt", "1 001.A/one.jpg", "2 001.A/two.jpg", "3 002.B/three.jpg", "4 002.B/four.jpg");
        Lines(folder, "image_class_labels.txt", "1 1", "2 1", "3 2", "4 2");
        Lines(folder, "train_test_split.txt", "1 1", "2 0", "3 1", "4 0");
        Lines(folder, "bounding_boxes.txt", "1 10.0 5.0 20.0 15.0", "2 0.0 0.0 40.0 30.0", "3 1.0 1.0 45.0 8.0", "4 2.0 2.0 9.0 9.0");
        Lines(folder, "parts/part_locs.txt", "1 2 12.0 6.0 1", "1 5 16.0 8.0 1", "1 3 20.0 18.0 1", "1 14 0.0 0.0 0", "2 7 20.0 15.0 1", "4 1 39.0 29.0 1");
        byte grey = 0;
        foreach (var name in new[] { "001.A/one.jpg", "001.A/two.jpg", "002.B/three.jpg", "002.B/four.jpg" })
            Picture(Path.Combine(folder, "images", name), grey += 40);
        return folder;
    }

    /// <summary>Puts a file in another's place.</summary>
    public static void Lines(string folder, string name, params string[] lines) => File.WriteAllLines(Path.Combine(folder, name), lines);

    private static void Picture(string path, byte grey)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var picture = new Picture(30, 40);
        picture.Pixels.Fill(grey);
        picture.SavePng(path); // the readers go by the content, not by the name
    }
}
