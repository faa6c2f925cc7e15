namespace Stn.Experiments.Benchmarks;

/// <summary>The processes of all sides, ours first, with one network loaded.</summary>
internal sealed class StepGroup : IDisposable
{
    private readonly List<WorkerProcess> _workers = [];

    public StepGroup(IEnumerable<WorkerStart> starts, StepNetwork network, StepData data)
    {
        try
        {
            foreach (var start in starts)
                _workers.Add(new WorkerProcess(start));
            foreach (var worker in _workers)
                worker.Ask(Load(network, data));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Who they are.</summary>
    public IReadOnlyList<StepWorkerIdentity> Identities => [.. _workers.Select(worker => worker.Identity)];

    /// <summary>Makes a phase ready on every side.</summary>
    /// <param name="phase">One of <see cref="StepPhase"/>.</param>
    /// <param name="batch">The images of a call.</param>
    /// <param name="seconds">How long each form is tried where a side has a choice.</param>
    public StepAnswer[] Prepare(string phase, int batch, double seconds) =>
        [.. _workers.Select(worker => worker.Ask(Prepared(phase, batch) with { Seconds = seconds }))];

    /// <summary>The median seconds of a call: of each side, then of our parts.</summary>
    public double[] Time(string phase, int batch, string[] parts, double seconds)
    {
        foreach (var part in parts)
            _workers[0].Ask(Prepared(part, batch));
        return Bursts.Medians(seconds, [
            .. _workers.Select(worker => Side(worker, phase, batch)),
            .. parts.Select(part => Side(_workers[0], part, batch)),
        ]);
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.ForEach(worker => worker.Dispose());

    private static StepRequest Load(StepNetwork network, StepData data) => new("load")
    {
        Network = network.Name,
        Canvas = network.Images.Canvas.Width,
        Width = network.Width,
        Weights = data.Weights,
        Data = data.Images,
        Rate = network.Rate,
    };

    private static StepRequest Prepared(string phase, int batch) => new("prepare") { Phase = phase, Batch = batch };

    private static Func<int, double> Side(WorkerProcess worker, string phase, int batch) =>
        calls => worker.Ask(new StepRequest("time") { Phase = phase, Batch = batch, Calls = calls }).Seconds!.Value;
}
