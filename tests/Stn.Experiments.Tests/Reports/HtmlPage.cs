using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Stn.Experiments.Tests.Reports;

/// <summary>A page of ours, read by an XML parser: it must be well-formed but for the elements that HTML leaves open.</summary>
internal sealed partial class HtmlPage
{
    private readonly XElement _root;

    private HtmlPage(XElement root) => _root = root;

    public string Heading => _root.Descendants("h1").Single().Value;

    public string Text => _root.Element("body")!.Value;

    public IReadOnlyList<XElement> Charts => [.. _root.Descendants().Where(e => e.Name.LocalName == "svg")];

    /// <summary>The pictures' bytes.</summary>
    public IReadOnlyList<byte[]> Pictures =>
        [.. _root.Descendants("img").Select(e => Convert.FromBase64String(((string)e.Attribute("src")!)["data:image/png;base64,".Length..]))];

    public static HtmlPage Read(string path)
    {
        var text = File.ReadAllText(path);
        Assert.StartsWith("<!doctype html>\n", text, StringComparison.Ordinal);
        return new HtmlPage(XDocument.Parse(Void().Replace(text["<!doctype html>\n".Length..], "<$1/>")).Root!);
    }

    [GeneratedRegex("<((?:meta|img)\\b[^>]*)>")]
    private static partial Regex Void();
}
