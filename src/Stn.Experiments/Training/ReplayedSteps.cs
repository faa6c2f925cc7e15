using Stn.Data.Batches;
using Stn.Experiments.Evaluations;
using Stn.Guards;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>
/// Steps of stochastic gradient descent that are recorded once for each rate and then replayed: forward, loss, backward, and step of the
/// optimiser in one call. They are those of <see cref="TrainingStep.Make"/>, but that a loss is looked at after its step and not before.
/// </summary>
/// <param name="config">The run's settings, of which <see cref="Suits"/> is true.</param>
/// <param name="network">The network, on its device.</param>
/// <param name="optimiser">Its optimiser.</param>
/// <param name="recording">Of the device.</param>
internal sealed class ReplayedSteps(TrainingConfig config, Module network, Optimiser optimiser, IRecording recording) : IDisposable
{
    private readonly Device _device = Device.Parse(config.Device);
    private double _rate = double.NaN;
    private Tensor? _images;
    private Tensor? _labels;
    private Tensor? _loss;
    private Tensor? _predicted;

    /// <summary>Whether nothing of a step is decided on the processor but its rate, and that seldom.</summary>
    internal static bool Suits(TrainingConfig config, Module network) =>
        config is { Optimiser: "sgd", IdentityPenalty: 0, Schedule: "constant" or "steps" }
        && !network.Modules().Any(part => part.Module is Dropout or Dropout2d);

    /// <summary>One step.</summary>
    /// <param name="batch">As large as all others.</param>
    /// <param name="rate">The rate of this step.</param>
    internal TrainingStep Make(Batch batch, double rate)
    {
        Fill(batch);
        if (rate == _rate)
            optimiser.CountReplayed();
        else
            Record(rate);
        recording.Replay();
        return new TrainingStep(_loss!.Item<float>(), Classification.CountWrongOf(_predicted!, batch.Labels), []);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        recording.Dispose();
        foreach (var tensor in new[] { _images, _labels, _loss, _predicted })
            tensor?.Dispose();
    }

    private void Record(double rate)
    {
        recording.Record(() => Step(rate));
        _rate = rate;
    }

    private void Step(double rate)
    {
        using var scope = new TensorScope();
        var guard = new ThetaGuard { GradientLimit = config.ClipTheta };
        var logits = network.Forward(_images!, new Pass { IsTraining = true, Replace = guard.Through });
        var loss = Classification.Loss(logits, _labels!, config.LabelSmoothing);
        optimiser.ZeroGrad(); // the recording has gradients of its own, written anew by each replay
        loss.Backward();
        optimiser.Step(rate);
        _loss?.Dispose();
        _predicted?.Dispose();
        (_loss, _predicted) = (scope.Keep(loss.Detach()), scope.Keep(Classification.Predicted(logits)));
    }

    // A recording reads where it read when it was made.
    private void Fill(Batch batch)
    {
        using var scope = new TensorScope();
        var (images, labels) = (Evaluator.Input(batch, Device.Cpu), Tensor.From(batch.Labels, batch.Labels.Length));
        _images ??= scope.Keep(Tensor.ZerosLike(images).To(_device));
        _labels ??= scope.Keep(Tensor.ZerosLike(labels).To(_device));
        _images.CopyFrom(images);
        _labels.CopyFrom(labels);
    }
}
