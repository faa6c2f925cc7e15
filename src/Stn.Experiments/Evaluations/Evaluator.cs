using Stn.Data;
using Stn.Data.Batches;
using Stn.Torch;

namespace Stn.Experiments.Evaluations;

/// <summary>Runs a network over a fixed set.</summary>
public static class Evaluator
{
    private const int BatchSize = 500;

    /// <summary>The error alone, in percent.</summary>
    public static double Error(Module network, DistortedSet set, Device device)
    {
        ArgumentNullException.ThrowIfNull(set);
        var wrong = 0L;
        foreach (var (batch, logits) in Run(network, set, device, Pass.Inference))
            wrong += CountWrong(logits, batch.Labels);
        return 100.0 * wrong / set.Count;
    }

    /// <summary>Every prediction.</summary>
    public static Evaluation Evaluate(Module network, DistortedSet set, Device device)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        var first = network.Modules().Select(m => m.Module).OfType<SpatialTransformer>().FirstOrDefault();
        float[]? thetas = null;
        var pass = new Pass
        {
            Observer = (module, name, value) => thetas = module == first && name == SpatialTransformer.ThetaName ? value.ToArray<float>() : thetas,
        };
        var predictions = new List<Prediction>(set.Count);
        foreach (var (batch, logits) in Run(network, set, device, pass))
            Collect(predictions, batch, logits.ArgMax(1).ToArray<long>(), logits.Softmax(1).ToArray<float>(), thetas);
        return new Evaluation(predictions);
    }

    /// <summary>How many rows of logits have their largest number elsewhere than the label says.</summary>
    internal static long CountWrong(Tensor logits, ReadOnlySpan<long> labels)
    {
        var predicted = logits.ArgMax(1).ToArray<long>();
        var wrong = 0L;
        for (var i = 0; i < predicted.Length; i++)
            wrong += predicted[i] == labels[i] ? 0 : 1;
        return wrong;
    }

    /// <summary>A batch's images on a device, (N, 1, H, W).</summary>
    internal static Tensor Images(Batch batch, Device device) =>
        Tensor.From(batch.Pixels, batch.Count, 1, batch.Plane.Height, batch.Plane.Width).To(device);

    private static IEnumerable<(Batch Batch, Tensor Logits)> Run(Module network, DistortedSet set, Device device, Pass pass)
    {
        using var batches = new BatchProducer(set, BatchPlan.OneSweep(BatchSize));
        while (batches.TryNext(out var batch))
        {
            using var taken = batch;
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            yield return (batch, network.Forward(Images(batch, device), pass));
        }
    }

    private static void Collect(List<Prediction> predictions, Batch batch, long[] predicted, float[] probabilities, float[]? thetas)
    {
        var classes = probabilities.Length / batch.Count;
        var parameters = (thetas?.Length ?? 0) / batch.Count;
        for (var i = 0; i < batch.Count; i++)
        {
            var row = probabilities.AsSpan(i * classes, classes);
            var best = (int)predicted[i];
            predictions.Add(new Prediction(
                batch.Indices[i], (int)batch.Labels[i], best, row[best], row[(int)batch.Labels[i]],
                thetas is null ? null : [.. thetas.AsSpan(i * parameters, parameters).ToArray().Select(v => (double)v)],
                batch.Poses[i]));
        }
    }
}
