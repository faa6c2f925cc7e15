using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

/// <summary>Pictures to test with.</summary>
internal static class Samples
{
    internal static Picture Noise(int height, int width, int channels = 3, int seed = 1)
    {
        var picture = new Picture(height, width, channels);
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    }

    /// <summary>A smooth blob, like a digit's stroke: few surprises for JPEG.</summary>
    internal static Picture Blob(int size)
    {
        var values = new float[size * size];
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y) = ((i % size) - (size / 2f), (i / size) - (size / 2f));
            values[i] = MathF.Exp(-8 * ((x * x) + (y * y)) / (size * size));
        }

        return Picture.FromGrey(values, size, size);
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    internal string At(string name) => Path.Combine(folder.FullName, name);

    internal string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }
}
