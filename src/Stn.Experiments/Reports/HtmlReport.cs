using System.Globalization;
using System.Net;
using System.Text;
using Stn.Data.Pictures;
using Stn.Torch.Files;

namespace Stn.Experiments.Reports;

/// <summary>A page that holds all it shows: text, tables, charts as SVG, pictures as PNG.</summary>
/// <param name="title">The page's heading.</param>
public sealed class HtmlReport(string title)
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2733; --ground: #fbfbf9; --line: #d9d9d2; --quiet: #5b6670 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e6e0; --ground: #14181c; --line: #333b42; --quiet: #9aa5ae } }
        body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 62rem; margin: 2.5rem auto; padding: 0 1.25rem }
        h1 { font-size: 1.7rem; margin-bottom: .2rem } h2 { font-size: 1.2rem; margin-top: 2.4rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem }
        table { border-collapse: collapse; margin: 1rem 0 } th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line) }
        td:not(:first-child), th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums }
        figure { margin: 1rem 0 } figcaption, .quiet { color: var(--quiet); font-size: .9rem }
        img, svg { max-width: 100%; height: auto } figure.chart { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: .5rem }
        figure.chart figcaption { color: #5b6670 }
        """;

    private readonly StringBuilder _body = new();

    /// <summary>Adds a heading.</summary>
    public HtmlReport Heading(string text) => Add($"<h2>{Escape(text)}</h2>");

    /// <summary>Adds a paragraph.</summary>
    public HtmlReport Paragraph(string text) => Add($"<p>{Escape(text)}</p>");

    /// <summary>Adds a paragraph of lesser weight.</summary>
    public HtmlReport Quiet(string text) => Add($"<p class=\"quiet\">{Escape(text)}</p>");

    /// <summary>Adds a table; the first column is text, the others numbers.</summary>
    public HtmlReport Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Add($"<table><thead><tr>{Cells("th", head)}</tr></thead><tbody>");
        foreach (var row in rows)
            Add($"<tr>{Cells("td", row)}</tr>");
        return Add("</tbody></table>");
    }

    /// <summary>Adds a picture.</summary>
    public HtmlReport Picture(Picture picture, string caption)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Add($"<figure><img alt=\"{Escape(caption)}\" width=\"{picture.Width}\" height=\"{picture.Height}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.ToPng())}\"><figcaption>{Escape(caption)}</figcaption></figure>");
    }

    /// <summary>Adds a moving picture.</summary>
    /// <param name="gif">The bytes of a GIF.</param>
    /// <param name="caption">What it shows.</param>
    public HtmlReport Film(byte[] gif, string caption) =>
        Add($"<figure><img alt=\"{Escape(caption)}\" src=\"data:image/gif;base64,{Convert.ToBase64String(gif)}\"><figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>Adds a chart.</summary>
    /// <param name="svg">An svg element.</param>
    /// <param name="caption">What it shows.</param>
    public HtmlReport Chart(string svg, string caption) =>
        Add($"<figure class=\"chart\">{svg}<figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>Writes the page.</summary>
    public void Write(string path) => AtomicFile.WriteAllText(path, string.Create(
        CultureInfo.InvariantCulture,
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escape(title)}</title><style>{Style}</style></head>\n<body><h1>{Escape(title)}</h1>\n{_body}</body></html>\n"));

    private HtmlReport Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    private static string Cells(string tag, IEnumerable<string> cells) =>
        string.Concat(cells.Select(cell => $"<{tag}>{Escape(cell)}</{tag}>"));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
