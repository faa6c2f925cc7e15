using Stn.Data.Sources;
using Stn.Testing;

namespace Stn.Models.Tests;

/// <summary>A test on MNIST with weights from the shared data: skipped where either is absent. It fetches nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithTutorialAndMnistAttribute : FactAttribute
{
    /// <param name="folder">The folder below the shared data that the test needs.</param>
    public FactWithTutorialAndMnistAttribute(string folder)
    {
        if (!Directory.Exists(SharedData.Folder(folder)))
            Skip = new FactWithSharedDataAttribute(folder).Skip;
        else if (new MnistSource(Digits).Check().Any(file => !file.Present))
            Skip = $"MNIST is not in {Digits} (./stn data mnist fetches it).";
    }

    public static string Digits { get; } = Path.Combine(RepositoryFolder.Root, "data", "mnist");
}
