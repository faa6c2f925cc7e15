using Stn.Experiments.Runs;

namespace Stn.Experiments.Reports;

/// <summary>The report of <c>stn demo</c>: the same classifier without and with a transformer.</summary>
public static class DemoReport
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The page.</param>
    /// <param name="plain">The classifier alone.</param>
    /// <param name="transformed">The classifier behind a transformer.</param>
    public static void Write(string path, TrainedRun plain, TrainedRun transformed)
    {
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(transformed);
        new HtmlReport("A network that teaches itself to find, turn and scale digits")
            .Paragraph($"Two networks learned to read MNIST digits that were turned by ±45°, scaled by 0.7 to 1.2 and put anywhere in a 42×42 image. Both have the same classifier and made the same number of steps on the same images ({plain.Config.Epochs} epochs). The second has a spatial transformer in front, which was told nothing but the class.")
            .Table(
                ["network", "parameters", "test error, %", "training, s"],
                new[] { plain, transformed }.Select(r => (IReadOnlyList<string>)[r.Config.Experiment, $"{r.Network.CountLearned()}", $"{r.Evaluation.Error:f2}", $"{r.Epochs[^1].Seconds:f0}"]))
            .Paragraph("rts/cnn-pooled is exactly the network that stands behind the transformer in rts/st-cnn-aff, alone; the transformer's localisation network (about 17,000 parameters) comes on top of it. The paper's plain CNN may have seen the image without the pooling: that network is rts/cnn, thirty times as costly an image, and is not part of this demo.")
            .LearningCurves(plain, transformed)
            .Digits(transformed, Sections.Figures(path))
            .Poses(transformed)
            .PerClass(transformed)
            .Quiet($"Errors on {plain.Evaluation.Predictions.Count} fixed test images. Seed {plain.Config.Seed}. Stn {RunManifest.BuildVersion}, libtorch {Torch.TorchRuntime.Version}, {RunManifest.ProcessorName()}, {Environment.ProcessorCount} processors.")
            .Write(path);
    }
}
