using Stn.Testing;

namespace Stn.Kernels.Tests.Support;

/// <summary>A folder in which tests pack what is built, and publish beside it, so that nothing of the repository's output changes.</summary>
public sealed class PublishedFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Packs Stn.Kernels; the folder that holds the packages.</summary>
    public string Pack()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        Tool.Run(
            "dotnet",
            [
                "pack", Path.Combine(RepositoryFolder.Root, "src", "Stn.Kernels"), "--no-build", "--configuration", configuration,
                "--output", folder["packages"],
            ]);
        return folder["packages"];
    }

    /// <summary>Publishes the sample; the path of its program.</summary>
    public string PublishSample(params string[] options)
    {
        Tool.Run(
            "dotnet",
            [
                "publish", Path.Combine(RepositoryFolder.Root, "samples", "KernelsAot"), "--configuration", "Release",
                "--artifacts-path", folder["artifacts"], "--output", folder["sample"], .. options,
            ]);
        return Path.Combine(folder["sample"], "KernelsAot");
    }

    public void Dispose() => folder.Dispose();
}
