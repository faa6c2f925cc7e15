using Stn.Data.Batches;
using Stn.Experiments.Reports;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Reports;

public sealed class ClassMeansTests : TensorTest
{
    private static readonly Tolerance s_tolerance = new(1e-4, 1e-4);
    private readonly Trial _trial = new();

    [Theory]
    [InlineData(1)] // as it comes
    [InlineData(-1)] // turned by half a turn
    public void The_means_of_each_class_before_the_transformer_and_behind_it(int sign)
    {
        using var run = Run(sign);
        var set = run.Sets.Evaluation;
        var means = ClassMeans.Of(run)!;
        for (var label = 0; label < means.Before.Count; label++)
        {
            var expected = MeanOf(run, label);
            AssertClose.Values<float>(expected, means.Before[label], s_tolerance);
            if (sign < 0)
                Array.Reverse(expected);
            AssertClose.Values<float>(expected, means.Behind[label], s_tolerance);
        }

        Assert.Contains(means.Before, mean => mean.Max() > 0.1);
    }

    protected override void Dispose(bool disposing)
    {
        _trial.Dispose();
        base.Dispose(disposing);
    }

    // A network that has hardly learned, with θ set by hand for all images.
    private TrainedRun Run(int sign)
    {
        var config = Trial.Config("rate=1e-12", "epochs=1");
        _trial.Train(config);
        var state = Safetensors.Read(_trial.Weights).Tensors.ToDictionary();
        var name = state.Keys.Single(key => key.EndsWith("theta.bias", StringComparison.Ordinal));
        using (var bias = Tensor.From([sign, 0f, 0, 0, sign, 0], 6))
            state[name] = bias.ToHost();
        Safetensors.Write(_trial.Weights, state);
        return TrainedRun.Load(config, _trial.Weights, Trial.Sources, "cpu", []);
    }

    private static float[] MeanOf(TrainedRun run, int label)
    {
        var set = run.Sets.Evaluation;
        var sum = new float[set.Shape.Plane.Length];
        var count = 0;
        using var batches = new BatchProducer(set, BatchPlan.OneSweep(10));
        while (batches.TryNext(out var batch))
        {
            using var taken = batch;
            for (var i = 0; i < batch.Count; i++)
            {
                if (run.Evaluation.Predictions[batch.Indices[i]].Label != label)
                    continue;
                count++;
                for (var pixel = 0; pixel < sum.Length; pixel++)
                    sum[pixel] += batch.Values[(i * sum.Length) + pixel];
            }
        }

        return [.. sum.Select(value => value / count)];
    }
}
