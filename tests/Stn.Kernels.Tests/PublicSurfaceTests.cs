using System.Reflection;

namespace Stn.Kernels.Tests;

/// <summary>The public surface is one reviewed file: a change of it shows in the diff of PublicSurface.txt.</summary>
public class PublicSurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_is_the_reviewed_one()
    {
        var surface = string.Join('\n', typeof(AffineWarp).Assembly.GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Prepend(type.FullName!)));
        var path = Path.Combine(AppContext.BaseDirectory, "PublicSurface.txt");
        var reviewed = File.ReadAllText(path).TrimEnd();
        if (surface != reviewed)
            File.WriteAllText(path + ".new", surface + "\n");
        Assert.True(surface == reviewed, $"The surface is now in {path}.new; review it and replace PublicSurface.txt.");
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"  {name} = {(int)Enum.Parse(type, name)}")
        : type.GetMembers(Declared)
            .Where(member => member is not MethodInfo { IsSpecialName: true } && !IsOfRecords(member))
            .Select(member => "  " + member)
            .Order(StringComparer.Ordinal);

    // What the compiler adds to every record.
    private static bool IsOfRecords(MemberInfo member) =>
        member.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "op_Equality" or "op_Inequality";
}
