using Stn.Data;
using Stn.Data.Batches;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Experiments.Evaluations;

/// <summary>Runs a network over a fixed set.</summary>
public static class Evaluator
{
    // Values of a batch, so that volumes go in smaller ones.
    private const int BatchValues = 1 << 20;
    private const int MostSamples = 500;

    /// <summary>The error alone, in percent.</summary>
    public static double Error(Module network, ISampleSet set, Device device)
    {
        ArgumentNullException.ThrowIfNull(set);
        var wrong = 0L;
        foreach (var (batch, logits) in Run(network, set, device, Pass.Inference))
            wrong += Classification.CountWrong(logits, batch.Labels);
        return 100.0 * wrong / set.Count;
    }

    /// <summary>Every prediction.</summary>
    public static Evaluation Evaluate(Module network, ISampleSet set, Device device)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        var first = network.Modules().Select(m => m.Module).OfType<SpatialTransformerModule>().FirstOrDefault();
        float[]? thetas = null;
        var pass = new Pass
        {
            Observer = (module, name, value) =>
                thetas = module == first && name == SpatialTransformerModule.ThetaName ? value.ToArray<float>() : thetas,
        };
        var predictions = new List<Prediction>(set.Count);
        foreach (var (batch, logits) in Run(network, set, device, pass))
            Collect(predictions, batch, logits.ArgMax(-1).ToArray<long>(), logits.Softmax(-1).ToArray<float>(), thetas);
        return new Evaluation(predictions);
    }

    /// <summary>The θ of every transformer of images or volumes for each sample, N·P numbers in the set's order.</summary>
    internal static IReadOnlyDictionary<SpatialTransformerModule, float[]> Thetas(Module network, ISampleSet set, Device device)
    {
        var thetas = new Dictionary<SpatialTransformerModule, List<float>>();
        var pass = new Pass
        {
            Observer = (module, name, value) =>
            {
                if (module is SpatialTransformerModule transformer && name == SpatialTransformerModule.ThetaName)
                    (thetas.TryGetValue(transformer, out var list) ? list : thetas[transformer] = []).AddRange(value.ToArray<float>());
            },
        };
        foreach (var _ in Run(network, set, device, pass))
        {
        }

        return thetas.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());
    }

    /// <summary>A batch's samples on a device, (N, C, H, W) or (N, C, D, H, W); on the CPU in the batch's own memory, so not to outlive it.</summary>
    internal static Tensor Input(Batch batch, Device device) => Tensor.Over(batch.Memory, batch.Shape.Batch(batch.Count)).To(device);

    private static IEnumerable<(Batch Batch, Tensor Logits)> Run(Module network, ISampleSet set, Device device, Pass pass)
    {
        using var batches = new BatchProducer(set, BatchPlan.OneSweep(Math.Clamp(BatchValues / set.Shape.Length, 1, MostSamples)));
        while (batches.TryNext(out var batch))
        {
            using var taken = batch;
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            yield return (batch, network.Forward(Input(batch, device), pass));
        }
    }

    private static void Collect(List<Prediction> predictions, Batch batch, long[] predicted, float[] probabilities, float[]? thetas)
    {
        var positions = batch.LabelsPerSample;
        var length = probabilities.Length / batch.Count;
        var parameters = (thetas?.Length ?? 0) / batch.Count;
        for (var i = 0; i < batch.Count; i++)
        {
            var row = probabilities.AsSpan(i * length, length);
            int[] labels = [.. batch.Labels.Slice(i * positions, positions).ToArray().Select(l => (int)l)];
            int[] answers = [.. predicted.AsSpan(i * positions, positions).ToArray().Select(p => (int)p)];
            predictions.Add(new Prediction(
                batch.Indices[i], labels, answers, Together(row, answers), Together(row, labels),
                thetas is null ? null : [.. thetas.AsSpan(i * parameters, parameters).ToArray().Select(v => (double)v)]));
        }
    }

    // The product over the positions of the probabilities of their classes.
    private static float Together(ReadOnlySpan<float> probabilities, int[] classes)
    {
        var width = probabilities.Length / classes.Length;
        var product = 1f;
        for (var position = 0; position < classes.Length; position++)
            product *= probabilities[(position * width) + classes[position]];
        return product;
    }
}
