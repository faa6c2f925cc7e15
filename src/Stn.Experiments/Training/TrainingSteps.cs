using Stn.Data.Batches;
using Stn.Torch;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>Makes a run's steps in the form that is fastest on its device: one operator after the other, or, on CUDA and where it can be, replayed.</summary>
internal sealed class TrainingSteps : IDisposable
{
    // First calls allocate, and search for the fastest form.
    private const int BeforeRecording = 3;

    private readonly TrainingConfig _config;
    private readonly Module _network;
    private readonly Optimiser _optimiser;
    private readonly Device _device;
    private readonly Action<string> _note;
    private ReplayedSteps? _replayed;
    private int _made;

    /// <param name="config">The run's settings.</param>
    /// <param name="network">The network, on its device.</param>
    /// <param name="optimiser">Its optimiser.</param>
    /// <param name="note">Told why steps are not replayed where one would expect it.</param>
    internal TrainingSteps(TrainingConfig config, Module network, Optimiser optimiser, Action<string> note)
    {
        (_config, _network, _optimiser, _device, _note) = (config, network, optimiser, Device.Parse(config.Device), note);
        if (!_device.IsCuda || !ReplayedSteps.Suits(config, network))
            return;
        CudaGraph.UseOwnStream(_device);
        _replayed = new ReplayedSteps(config, network, optimiser, new CudaGraph());
    }

    /// <summary>One step.</summary>
    /// <param name="batch">What is learned from.</param>
    /// <param name="rate">The rate of this step.</param>
    /// <param name="isLogged">Whether the transformers are measured.</param>
    /// <param name="number">The steps made before.</param>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    internal TrainingStep Make(Batch batch, double rate, bool isLogged, long number)
    {
        var step = isLogged || _replayed is null || _made++ < BeforeRecording ? null : Replayed(batch, rate);
        step ??= TrainingStep.Make(_config, _network, _optimiser, batch, _device, rate, isLogged, number);
        return double.IsFinite(step.Loss) ? step : throw TrainingStep.NotFinite(step.Loss, batch, rate, number, string.Empty);
    }

    /// <inheritdoc/>
    public void Dispose() => _replayed?.Dispose();

    private TrainingStep? Replayed(Batch batch, double rate)
    {
        try
        {
            return _replayed!.Make(batch, rate);
        }
        catch (RecordingException error)
        {
            _note($"these steps cannot be recorded on CUDA and are made operator by operator, which is slower: {error.Message}");
            _replayed!.Dispose();
            _replayed = null;
            return null;
        }
    }
}
