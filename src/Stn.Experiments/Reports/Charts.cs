using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Stn.Experiments.Reports;

/// <summary>The charts of a report, as SVG elements.</summary>
public static class Charts
{
    private const double Width = 760;
    private const double Height = 340;

    private static readonly OxyColor[] Colours =
        [OxyColor.FromRgb(0x1f, 0x6f, 0xb4), OxyColor.FromRgb(0xd9, 0x6b, 0x27), OxyColor.FromRgb(0x3a, 0x8f, 0x5c), OxyColor.FromRgb(0x8c, 0x5f, 0xa8)];

    /// <summary>Curves over a common axis.</summary>
    /// <param name="x">The horizontal axis's title.</param>
    /// <param name="y">The vertical axis's title.</param>
    /// <param name="isLogarithmic">Whether the vertical axis is logarithmic.</param>
    /// <param name="curves">A name and points each.</param>
    /// <param name="isDoubling">Whether the horizontal axis gives each doubling the same length.</param>
    public static string Lines(
        string x, string y, bool isLogarithmic, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> curves, bool isDoubling = false)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var model = Model(
            isDoubling ? new LogarithmicAxis { Base = 2, Position = AxisPosition.Bottom, Title = x } : new LinearAxis { Position = AxisPosition.Bottom, Title = x },
            isLogarithmic ? new LogarithmicAxis { Position = AxisPosition.Left, Title = y } : new LinearAxis { Position = AxisPosition.Left, Title = y });
        foreach (var (index, (name, points)) in curves.Index())
        {
            var series = new LineSeries { Title = name, Color = Colours[index % Colours.Length], StrokeThickness = 2 };
            if (points.Count <= 40)
                (series.MarkerType, series.MarkerSize, series.MarkerFill) = (MarkerType.Circle, 3, series.Color);
            series.Points.AddRange(points.Select(p => new DataPoint(p.X, p.Y)));
            model.Series.Add(series);
        }

        return Svg(model, Width);
    }

    /// <summary>Points, one for each image, with the line on which they lie when all is well.</summary>
    /// <param name="x">The horizontal axis's title.</param>
    /// <param name="y">The vertical axis's title.</param>
    /// <param name="points">The points.</param>
    /// <param name="line">The line's first and last point.</param>
    public static string Scatter(string x, string y, IEnumerable<(double X, double Y)> points, ((double X, double Y) From, (double X, double Y) To) line)
    {
        ArgumentNullException.ThrowIfNull(points);
        var model = Model(new LinearAxis { Position = AxisPosition.Bottom, Title = x }, new LinearAxis { Position = AxisPosition.Left, Title = y });
        var series = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 1.4, MarkerFill = OxyColor.FromAColor(110, Colours[0]), BinSize = 0 };
        series.Points.AddRange(points.Select(p => new ScatterPoint(p.X, p.Y)));
        var guide = new LineSeries { Color = Colours[1], StrokeThickness = 1.5, LineStyle = LineStyle.Dash };
        guide.Points.Add(new DataPoint(line.From.X, line.From.Y));
        guide.Points.Add(new DataPoint(line.To.X, line.To.Y));
        model.Series.Add(series);
        model.Series.Add(guide);
        return Svg(model, Height * 1.4);
    }

    /// <summary>Distributions over a common range, as outlines of their histograms.</summary>
    /// <param name="x">The horizontal axis's title.</param>
    /// <param name="low">The lower end of the range.</param>
    /// <param name="high">Its upper end; what lies outside counts into the last bins.</param>
    /// <param name="groups">A name and values each.</param>
    public static string Histograms(string x, double low, double high, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups)
    {
        const int Bins = 60;
        ArgumentNullException.ThrowIfNull(groups);
        var curves = groups.Select(g => (g.Name, Outline(g.Values))).ToList();
        return Lines(x, "share of images, %", false, curves);

        IReadOnlyList<(double X, double Y)> Outline(IReadOnlyList<double> values)
        {
            var counts = new int[Bins];
            foreach (var value in values)
                counts[Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1)]++;
            return [.. counts.Select((count, i) => (low + ((i + 0.5) * (high - low) / Bins), 100.0 * count / Math.Max(1, values.Count)))];
        }
    }

    private static PlotModel Model(Axis bottom, Axis left)
    {
        var model = new PlotModel { DefaultFontSize = 13, PlotAreaBorderColor = OxyColors.LightGray, Background = OxyColors.White };
        left.MajorGridlineStyle = LineStyle.Solid;
        left.MajorGridlineColor = OxyColor.FromRgb(0xee, 0xee, 0xea);
        left.MaximumPadding = 0.05;
        model.Axes.Add(bottom);
        model.Axes.Add(left);
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.RightTop, LegendBackground = OxyColor.FromAColor(200, OxyColors.White) });
        return model;
    }

    private static string Svg(PlotModel model, double width)
    {
        var text = new SvgExporter { Width = width, Height = Height, IsDocument = false, TextMeasurer = new WideText() }.ExportToString(model);
        return text[text.IndexOf("<svg", StringComparison.Ordinal)..].Replace("Segoe UI", "system-ui, sans-serif", StringComparison.Ordinal);
    }

    // OxyPlot measures text by the widths of a narrow font; browsers draw it in whatever they have. Room for the difference.
    private sealed class WideText() : PdfRenderContext(1, 1, OxyColors.White)
    {
        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var narrow = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(narrow.Width * 1.6, narrow.Height * 1.25);
        }
    }
}
