using Stn.Data.Batches;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Runs;
using Stn.Guards;
using Stn.Torch;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>One step: forward, loss, backward, step of the optimiser.</summary>
/// <param name="Loss">The mean loss of the batch, of smoothed labels where they are smoothed, without a penalty.</param>
/// <param name="Wrong">Its misclassified samples.</param>
/// <param name="Transformers">Of each transformer, where the step is logged.</param>
internal sealed record TrainingStep(double Loss, long Wrong, IReadOnlyList<TransformerMetrics> Transformers)
{
    internal static TrainingStep Make(
        TrainingConfig config, Module network, Optimiser optimiser, Batch batch, Device device, double rate, bool isLogged, long number)
    {
        using var scope = new TensorScope();
        var guard = new ThetaGuard { GradientLimit = config.ClipTheta, IdentityPenalty = config.IdentityPenalty, IsMeasured = isLogged };
        var logits = network.Forward(Evaluator.Input(batch, device), new Pass { IsTraining = true, Replace = guard.Through });
        var loss = Classification.Loss(logits, Tensor.From(batch.Labels, batch.Labels.Length).To(device), config.LabelSmoothing);
        var value = loss.Item<float>();
        if (!float.IsFinite(value))
            throw NotFinite(value, batch, rate, number, Places(guard, network));
        optimiser.ZeroGrad();
        (guard.Penalty is { } penalty ? loss + penalty : loss).Backward();
        optimiser.Step(rate);
        return new TrainingStep(value, Classification.CountWrong(logits, batch.Labels), Metrics(guard, network));
    }

    /// <summary>What ends a run whose loss is no number.</summary>
    internal static TrainingException NotFinite(double loss, Batch batch, double rate, long number, string places) => new(
        $"the loss is {loss} at step {number + 1} (epoch {batch.Epoch + 1}, rate {rate:g4}){places}; the last checkpoint is as it was. {SavePoint.Cure}");

    private static TransformerMetrics[] Metrics(ThetaGuard guard, Module network) =>
    [
        .. guard.Seen.Select(seen => new TransformerMetrics(
            network.Modules().First(m => m.Module == seen.Transformer).Name, seen.Health?.OutsideShare, seen.Health?.Scale, seen.Health?.SmallestArea,
            seen.Health?.FoldedShare, seen.GradientNorm)),
    ];

    // Where the numbers were measured, they tell whether a transformer was the cause.
    private static string Places(ThetaGuard guard, Module network) =>
        string.Concat(Metrics(guard, network).Where(m => m.Scale is not null).Select(m => $"; {m.Name} read a region of scale {m.Scale:g3}, {m.OutsideShare:p0} outside"));
}
