using Stn.Data;
using Stn.Data.Pictures;
using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Experiments.Figures;

/// <summary>
/// The paper's figure 5: a digit in its volume with the region that the transformer samples, the sampled volume, and its projection; a row for
/// each digit.
/// </summary>
internal static class SpaceFigure
{
    private const int Margin = 20;
    private const int Top = 44;
    private const string Experiment = "3d/st-cnn";
    private const int Digits = 3;
    private static readonly Colour Ink = new(0x1c, 0x20, 0x26);
    private static readonly string[] Titles = ["U, sampled region", "sampled volume V", "projection W"];

    /// <summary>Writes it from the trained network of <c>3d/st-cnn</c>.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (!sources.Has(Experiment))
            throw new FileNotFoundException($"figure 5 needs a trained {Experiment}; train it with: stn train {Experiment}");
        var (network, set) = sources.LoadUnmeasured(Experiment);
        using (network)
        {
            var path = Path.Combine(folder, "figure-5.png");
            PictureFile.Write(path, Draw(network.Network, (VolumeSet)set, [.. Enumerable.Range(0, Digits)]));
            yield return path;
        }
    }

    /// <summary>Draws it.</summary>
    /// <param name="network">A network whose first transformer is one of volumes.</param>
    /// <param name="set">The digits in space.</param>
    /// <param name="indices">Which of them.</param>
    /// <exception cref="ArgumentException">The network has no transformer of volumes.</exception>
    internal static Picture Draw(Module network, VolumeSet set, IReadOnlyList<int> indices)
    {
        var transformer = network.Modules().Select(m => m.Module).OfType<SpatialTransformer3D>().FirstOrDefault()
            ?? throw new ArgumentException("the network has no transformer of volumes", nameof(network));
        using var canvas = new Canvas(Top + (indices.Count * (SpaceView.Side + Margin)), Margin + (3 * (SpaceView.Side + Margin)), Colour.White);
        foreach (var (column, title) in Titles.Index())
            canvas.Text(title, Left(column) + (SpaceView.Side / 2), Top - 14, 15, Ink, TextAlign.Centre, bold: true);
        for (var row = 0; row < indices.Count; row++)
            DrawRow(canvas, Top + (row * (SpaceView.Side + Margin)), network, transformer, set, indices[row]);
        return canvas.ToPicture();
    }

    private static int Left(int column) => Margin + (column * (SpaceView.Side + Margin));

    private static void DrawRow(Canvas canvas, int top, Module network, SpatialTransformer3D transformer, VolumeSet set, int index)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var values = new float[set.Shape.Length];
        set.Render(index, 0, values, new long[1]);
        var volume = Tensor.From(values, set.Shape.Batch(1));
        double[] theta = [];
        network.Forward(volume, new Pass
        {
            Observer = (module, name, value) => theta = module == transformer && name == SpatialTransformerModule.ThetaName
                ? Array.ConvertAll(value.ToArray<float>(), number => (double)number)
                : theta,
        });
        var sampled = transformer.Warp(volume, Tensor.From(Array.ConvertAll(theta, number => (float)number), 1, theta.Length));
        canvas.Draw(SpaceView.Draw(volume, point => transformer.Transformation.Map(theta, point)), Left(0), top);
        canvas.Draw(SpaceView.Draw(sampled, null), Left(1), top);
        var size = new Volume((int)sampled.Size(2), (int)sampled.Size(3), (int)sampled.Size(4));
        var projection = SamplePicture.Of(sampled.ToArray<float>(), SampleShape.OfVolume((int)sampled.Size(1), size));
        canvas.Draw(projection, Left(2), top, SpaceView.Side / Math.Max(projection.Width, projection.Height));
    }
}
