using Stn.Data.Pictures;
using Stn.Experiments.Reports;
using Stn.Testing;

namespace Stn.Experiments.Tests.Reports;

public sealed class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_is_text_whatever_it_holds()
    {
        const string Nasty = "<script>alert('&')</script> \"ü\" ]]>";
        var page = Written(new HtmlReport(Nasty).Heading(Nasty).Paragraph(Nasty).Quiet(Nasty).Table([Nasty], [[Nasty]]).Picture(new Picture(2, 3), Nasty));
        Assert.Equal(Nasty, page.Heading);
        Assert.Equal(7, page.Text.Split("<script>").Length - 1);
    }

    [Fact]
    public void A_picture_is_inside_the_page()
    {
        var picture = new Picture(2, 3);
        picture.At(1, 2)[0] = 200;
        var page = Written(new HtmlReport("t").Picture(picture, "a picture"));
        Assert.Equal(picture.ToPng(), Assert.Single(page.Pictures));
        Assert.DoesNotContain("http", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_are_XML()
    {
        var points = new (double X, double Y)[] { (1, 50), (2, 10), (3, double.NaN), (4, 1) };
        var page = Written(new HtmlReport("t")
            .Chart(Charts.Lines("a < b", "c & d", true, [("<e>", points)]), "lines")
            .Chart(Charts.Scatter("x", "y", points, ((0, 0), (1, 1))), "points")
            .Chart(Charts.Histograms("x", -1, 1, [("all", [-5, 0, 0.5, 5, double.NaN]), ("none", [])]), "shares"));
        Assert.Equal(3, page.Charts.Count);
        Assert.Contains("a < b", page.Charts[0].Value, StringComparison.Ordinal);
        Assert.Contains("<e>", page.Charts[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_named() => Assert.Contains(
        _folder["none/page.html"], Assert.ThrowsAny<IOException>(() => new HtmlReport("t").Write(_folder["none/page.html"])).Message, StringComparison.Ordinal);

    private HtmlPage Written(HtmlReport report)
    {
        report.Write(_folder["page.html"]);
        return HtmlPage.Read(_folder["page.html"]);
    }
}
