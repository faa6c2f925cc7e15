using Stn.Data.Pictures;

namespace Stn.Data.Tests.Folders;

/// <summary>Small pictures in files.</summary>
internal static class Squares
{
    /// <summary>Writes a picture of one colour.</summary>
    public static string Write(TemporaryFolder folder, string name, byte red, byte green, byte blue, int height = 4, int width = 4)
    {
        var picture = new Picture(height, width);
        for (var i = 0; i < picture.Pixels.Length; i += 3)
            (picture.Pixels[i], picture.Pixels[i + 1], picture.Pixels[i + 2]) = (red, green, blue);
        var path = folder.Of(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        picture.SavePng(path);
        return path;
    }

    /// <summary>Writes so many grey pictures of a class.</summary>
    public static void WriteClass(TemporaryFolder folder, string name, int count)
    {
        for (var i = 0; i < count; i++)
            Write(folder, $"{name}/{i:d3}.png", (byte)i, (byte)i, (byte)i);
    }
}
