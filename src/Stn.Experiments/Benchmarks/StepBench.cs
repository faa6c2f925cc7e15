namespace Stn.Experiments.Benchmarks;

/// <summary>
/// <c>stn bench step</c>: the paper's networks in Stn and in PyTorch. Each side is a process of its own with the same weights and the same
/// batches; they take turns. A network that does not compute the same on all sides is not timed.
/// </summary>
/// <param name="sides">How the sides are started.</param>
/// <param name="peak">The processor's peak.</param>
/// <param name="seconds">About how long a row takes.</param>
public sealed class StepBench(StepSides sides, ProcessorPeak peak, double seconds)
{
    /// <summary>The networks of the table.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["fcn", "cnn", "st-fcn-aff", "st-cnn-aff"];

    /// <summary>The network on birds that can be timed too.</summary>
    public const string Birds = StepNetwork.Birds;

    /// <summary>The canvases of the table.</summary>
    public static IReadOnlyList<int> Canvases { get; } = [28, 42, 60];

    /// <summary>The side of the birds' images.</summary>
    public static int BirdCanvas => StepNetwork.Of(Birds, 0).Images.Canvas.Width;

    /// <summary>The seed of weights and images.</summary>
    public const ulong Seed = StepData.Seed;

    private const double LongestTrial = 0.3;

    /// <summary>Who the sides are, once the first network is measured.</summary>
    public IReadOnlyList<StepWorkerIdentity> Identities { get; private set; } = [];

    /// <summary>Measures a network: training, and inference at the same batch and at one image.</summary>
    /// <param name="network">Its name.</param>
    /// <param name="canvas">The side of the images.</param>
    /// <param name="batch">The images of a step.</param>
    /// <exception cref="InvalidDataException">A side does not run, or the sides do not agree.</exception>
    public IEnumerable<StepRow> Measure(string network, int canvas, int batch)
    {
        var rows = new[] { (StepPhase.Train, batch), (StepPhase.Inference, batch), (StepPhase.Inference, 1) }.Distinct();
        return Rows(network, canvas, batch, rows);
    }

    /// <summary>Measures a training step alone.</summary>
    /// <param name="network">Its name.</param>
    /// <param name="canvas">The side of the images.</param>
    /// <param name="batch">The images of a step.</param>
    /// <exception cref="InvalidDataException">A side does not run, or the sides do not agree.</exception>
    public StepRow MeasureTraining(string network, int canvas, int batch) => Rows(network, canvas, batch, [(StepPhase.Train, batch)]).Single();

    private IEnumerable<StepRow> Rows(string network, int canvas, int batch, IEnumerable<(string Phase, int Batch)> rows)
    {
        var value = StepNetwork.Of(network, canvas);
        using var data = new StepData(value, batch);
        using var group = sides.Start(value, data);
        Identities = group.Identities;
        foreach (var row in rows)
            yield return Row(value, group, row.Phase, row.Batch);
    }

    private StepRow Row(StepNetwork value, StepGroup group, string phase, int batch)
    {
        var prepared = Prepare(value, group, phase, batch);
        var parts = !value.HasOneTransformer ? Array.Empty<string>() : [StepPhase.Warp(phase), StepPhase.Localisation(phase)];
        var times = group.Time(phase, batch, parts, seconds);
        var first = prepared.Length; // of the parts
        var multiplyAdds = phase == StepPhase.Train ? value.TrainingMultiplyAdds : value.MultiplyAdds;
        return new StepRow
        {
            Network = value.Name,
            Canvas = value.Images.Canvas.Width,
            Batch = batch,
            Phase = phase,
            StnMs = 1e3 * times[0],
            PytorchMs = 1e3 * times[1],
            PytorchTunedMs = first > 2 ? 1e3 * times[2] : null,
            PytorchTunedForm = first > 2 ? prepared[2].Form : null,
            MultiplyAdds = multiplyAdds,
            StnPeakShare = 2e-9 * multiplyAdds * batch / times[0] / peak.Fma,
            TransformerShare = parts.Length > 0 ? times[first] / times[0] : null,
            LocalisationShare = parts.Length > 0 ? times[first + 1] / times[0] : null,
            StnPeakMb = phase == StepPhase.Train ? 1e-6 * prepared[0].Memory : null,
            PytorchPeakMb = phase == StepPhase.Train ? 1e-6 * prepared[1].Memory : null,
        };
    }

    private StepAnswer[] Prepare(StepNetwork value, StepGroup group, string phase, int batch)
    {
        var prepared = group.Prepare(phase, batch, Math.Min(LongestTrial, seconds));
        var what = $"{value.Name} at {value.Images.Canvas.Height}×{value.Images.Canvas.Width}, {phase}";
        foreach (var (identity, other) in group.Identities.Zip(prepared).Skip(1))
            StepAgreement.Require(what, prepared[0].Values!, identity.Name, other.Values!);
        return prepared;
    }
}
