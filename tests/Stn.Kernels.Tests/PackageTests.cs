using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Stn.Kernels.Tests.Support;
using Stn.Testing;

namespace Stn.Kernels.Tests;

/// <summary>The package that `dotnet pack` makes, its example, and the example compiled ahead of time.</summary>
[Trait(TestRun.Starts, "processes")]
public sealed class PackageTests(PublishedFolder published) : IClassFixture<PublishedFolder>
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "src", "Stn.Kernels", "README.md"));

    [Fact]
    public void The_package_holds_the_library_its_documentation_and_its_licence()
    {
        var packages = published.Pack();
        using var package = ZipFile.OpenRead(Directory.GetFiles(packages, "Stn.Kernels.*.nupkg").Single());
        string[] expected = ["LICENSE", "README.md", "docs/conventions.md", "lib/net10.0/Stn.Kernels.dll", "lib/net10.0/Stn.Kernels.xml"];
        Assert.Equal(expected, package.Entries.Select(entry => entry.FullName).Intersect(expected).Order(StringComparer.Ordinal));
        var about = Metadata(package);
        Assert.Equal("Stn.Kernels", about["id"]);
        Assert.Equal("MIT", about["license"]);
        Assert.Equal("README.md", about["readme"]);
        Assert.All(["version", "title", "authors", "description", "tags"], name => Assert.NotEmpty(about[name]));
        Assert.Equal("", about["dependencies"]);

        using var symbols = ZipFile.OpenRead(Directory.GetFiles(packages, "Stn.Kernels.*.snupkg").Single());
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net10.0/Stn.Kernels.pdb");
    }

    [Fact]
    public void The_package_names_no_folder_of_the_machine_that_made_it()
    {
        var packages = published.Pack();
        using var library = new PEReader(new MemoryStream(Bytes(packages, "nupkg", "Stn.Kernels.dll")));
        var symbolPath = library.ReadCodeViewDebugDirectoryData(library.ReadDebugDirectory().First(entry => entry.Type == DebugDirectoryEntryType.CodeView)).Path;
        Assert.StartsWith("/_/", symbolPath, StringComparison.Ordinal);

        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(packages, "snupkg", "Stn.Kernels.pdb")));
        var reader = symbols.GetMetadataReader();
        Assert.All(reader.Documents, document =>
            Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_in_the_README_is_the_sample()
    {
        var sample = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "samples", "KernelsAot", "Program.cs"));
        Assert.Contains($"```csharp\n{sample}```\n", Readme, StringComparison.Ordinal);
    }

    [FactWithCompiler]
    public void The_sample_compiled_ahead_of_time_prints_what_the_README_says() =>
        Assert.Contains($"```\n{Tool.Run(published.PublishSample(), [])}```\n", Readme, StringComparison.Ordinal);

    [FactWithCompiler]
    public void Compiled_for_the_default_target_it_prints_the_same_in_scalar_form()
    {
        var printed = Tool.Run(published.PublishSample("-p:IlcInstructionSet=x86-64-v2"), []);
        Assert.StartsWith("in scalar form\n", printed, StringComparison.Ordinal);
        Assert.Contains($"```\n{printed.Replace("in scalar form", "on vectors", StringComparison.Ordinal)}```\n", Readme, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Metadata(ZipArchive package)
    {
        using var stream = package.GetEntry("Stn.Kernels.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
    }

    private static byte[] Bytes(string packages, string extension, string file)
    {
        using var package = ZipFile.OpenRead(Directory.GetFiles(packages, $"Stn.Kernels.*.{extension}").Single());
        using var stream = package.GetEntry($"lib/net10.0/{file}")!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
