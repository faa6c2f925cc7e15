using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>What may refer to what, and where native code is called.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(RepositoryFolder.Root, "src");

    // One way only. A project may refer to fewer than these.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Stn.Kernels"] = [],
        ["Stn.Torch"] = [],
        ["Stn"] = ["Stn.Torch", "Stn.Kernels"],
        ["Stn.Models"] = ["Stn"],
        ["Stn.Data"] = ["Stn.Kernels"],
        ["Stn.Experiments"] = ["Stn", "Stn.Models", "Stn.Data"],
        ["Stn.Checks"] = ["Stn"],
        ["Stn.Cli"] = ["Stn.Experiments", "Stn.Checks"],
    };

    [Fact]
    public void Projects_refer_to_each_other_one_way_only()
    {
        var projects = Directory.GetFiles(Source, "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(), projects.Select(Name).Order());
        foreach (var project in projects)
        {
            var references = Items(project, "ProjectReference").Select(Name);
            Assert.All(references, reference => Assert.Contains(reference, Allowed[Name(project)]));
        }
    }

    [Fact]
    public void The_kernels_and_the_binding_use_no_package()
    {
        foreach (var name in new[] { "Stn.Kernels", "Stn.Torch" })
            Assert.Empty(Items(Path.Combine(Source, name, $"{name}.csproj"), "PackageReference"));
    }

    [Fact]
    public void Native_code_is_declared_in_Interop_folders_only()
    {
        var elsewhere =
            from file in Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            let parts = Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar)
            where !parts.Contains("Interop") && !parts.Contains("obj") && !parts.Contains("bin")
            where Declaration().IsMatch(File.ReadAllText(file))
            select string.Join('/', parts);
        Assert.Empty(elsewhere);
    }

    [GeneratedRegex(@"\[\s*(DllImport|LibraryImport)\b")]
    private static partial Regex Declaration();

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
