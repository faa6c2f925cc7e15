using Xunit;

namespace Stn.Testing;

/// <summary>A test on data that is not part of the repository: skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithSharedDataAttribute : FactAttribute
{
    /// <param name="folder">The folder below the shared data that the test needs.</param>
    public FactWithSharedDataAttribute(string folder)
    {
        if (!Directory.Exists(SharedData.Folder(folder)))
            Skip = $"The folder {SharedData.Folder(folder)} is absent ({SharedData.Variable} names another place).";
    }
}
