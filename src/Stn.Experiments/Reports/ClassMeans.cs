using Stn.Data;
using Stn.Data.Batches;
using Stn.Data.Pictures;
using Stn.Experiments.Evaluations;
using Stn.Torch;
using Plane = Stn.Kernels.Plane;

namespace Stn.Experiments.Reports;

/// <summary>The mean of the images of each class, before a transformer and behind it: behind a good one, an upright digit.</summary>
internal sealed class ClassMeans
{
    private const int BatchSize = 200;
    private const int Zoom = 2;
    private const int Gap = 6;
    private readonly (Plane Plane, float[][] Means) _before;
    private readonly (Plane Plane, float[][] Means) _behind;

    private ClassMeans((Plane Plane, float[][] Means) before, (Plane Plane, float[][] Means) behind) => (_before, _behind) = (before, behind);

    /// <summary>The means behind the transformer, by class: (h, w) numbers each.</summary>
    internal IReadOnlyList<float[]> Behind => _behind.Means;

    /// <summary>The means as the images come, by class: (H, W) numbers each.</summary>
    internal IReadOnlyList<float[]> Before => _before.Means;

    /// <summary>Of a run's evaluation set; null where its network has no transformer of images, or these have several channels or labels.</summary>
    internal static ClassMeans? Of(TrainedRun run)
    {
        var set = run.Sets.Evaluation;
        var transformer = run.Network.Modules().Select(m => m.Module).OfType<SpatialTransformer>().FirstOrDefault();
        if (transformer is null || run.Evaluation.Predictions[0].Theta?.Length != transformer.Transformation.ParameterCount
            || set.Shape.IsVolume || set.Shape.Channels != 1 || set.LabelsPerSample != 1)
            return null;
        var (before, behind) = (set.Shape.Plane, transformer.Output ?? set.Shape.Plane);
        var classes = run.Evaluation.Predictions.Max(p => p.Label) + 1;
        var means = new ClassMeans((before, Empty(classes, before)), (behind, Empty(classes, behind)));
        means.Add(set, transformer, run.Evaluation.Predictions);
        return means;
    }

    /// <summary>Two rows of pictures, a column for each class.</summary>
    internal Picture Draw()
    {
        var (height, width) = (Zoom * (_before.Plane.Height + _behind.Plane.Height), Zoom * Math.Max(_before.Plane.Width, _behind.Plane.Width));
        using var canvas = new Canvas(height + Gap, (_before.Means.Length * (width + Gap)) - Gap, Colour.White);
        for (var label = 0; label < _before.Means.Length; label++)
        {
            canvas.Draw(Picture.FromGrey(_before.Means[label], _before.Plane.Height, _before.Plane.Width), label * (width + Gap), 0, Zoom);
            canvas.Draw(Picture.FromGrey(_behind.Means[label], _behind.Plane.Height, _behind.Plane.Width), label * (width + Gap), (Zoom * _before.Plane.Height) + Gap, Zoom);
        }

        return canvas.ToPicture();
    }

    // The predictions are in the set's order, and so are the batches of a sweep.
    private void Add(ISampleSet set, SpatialTransformer transformer, IReadOnlyList<Prediction> predictions)
    {
        var counts = predictions.CountBy(p => p.Label).ToDictionary();
        using var recording = new NoGrad();
        using var batches = new BatchProducer(set, BatchPlan.OneSweep(BatchSize));
        while (batches.TryNext(out var batch))
        {
            using var taken = batch;
            using var scope = new TensorScope();
            var theta = batch.Indices.ToArray().SelectMany(index => predictions[index].Theta!).Select(v => (float)v).ToArray();
            var output = transformer.Warp(Evaluator.Input(batch, Device.Cpu), Tensor.From(theta, batch.Count, theta.Length / batch.Count)).ToArray<float>();
            for (var i = 0; i < batch.Count; i++)
            {
                var label = predictions[batch.Indices[i]].Label;
                Add(_before.Means[label], batch.Values, i, counts[label]);
                Add(_behind.Means[label], output, i, counts[label]);
            }
        }
    }

    private static void Add(float[] mean, ReadOnlySpan<float> images, int index, int count)
    {
        var image = images.Slice(index * mean.Length, mean.Length);
        for (var i = 0; i < mean.Length; i++)
            mean[i] += image[i] / count;
    }

    private static float[][] Empty(int classes, Plane plane) => [.. Enumerable.Range(0, classes).Select(_ => new float[plane.Length])];
}
