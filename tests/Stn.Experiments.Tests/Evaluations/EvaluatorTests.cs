using Stn.Experiments.Evaluations;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Experiments.Tests.Evaluations;

public sealed class EvaluatorTests : TensorTest
{
    [Fact]
    public void Errors_are_counted_by_hand_made_logits()
    {
        // Greys 0 … 4 with logits for classes 0, 1, 2; natural logarithms, so that softmax gives these shares.
        float[][] shares = [[8, 1, 1], [1, 8, 1], [5, 4, 1], [6, 3, 1], [1, 2, 7]];
        using var network = new GreyNetwork(3, grey => [.. shares[grey].Select(s => MathF.Log(s))]);
        var set = Unchanged.Greys([0, 1, 2, 3, 4], [0, 1, 1, 2, 2]);
        var evaluation = Evaluator.Evaluate(network, set, Device.Cpu);
        Assert.Equal(40, evaluation.Error);
        Assert.Equal(40, Evaluator.Error(network, set, Device.Cpu));
        Assert.Equal([(0, 1, 0.0), (1, 2, 50.0), (2, 2, 50.0)], evaluation.PerClass);
        Assert.Equal([3, 2], evaluation.Worst.Select(p => p.Index)); // 0.1 for the truth, then 0.4
        var worst = evaluation.Worst.First();
        Assert.Equal((2, 0), (worst.Label, worst.Predicted));
        Assert.Equal(0.6f, worst.Confidence, 1e-5f);
        Assert.Equal(0.1f, worst.LabelProbability, 1e-5f);
    }

    [Fact]
    public void Each_place_of_a_sequence_counts_for_its_own_class()
    {
        var evaluation = new Evaluation([new Prediction(0, [1, 2], [1, 3], 1, 1, null), new Prediction(1, [2, 2], [2, 2], 1, 1, null)]);
        Assert.Equal(50, evaluation.Error);
        Assert.Equal([(1, 1, 0.0), (2, 3, 100.0 / 3)], evaluation.PerClass);
    }

    [Fact]
    public void Both_ways_to_count_agree_where_probabilities_tie()
    {
        // Logits that differ by less than a probability can show.
        using var network = new GreyNetwork(2, _ => [1e-8f, 2e-8f]);
        var set = Unchanged.Greys([1, 2], [1, 1]);
        Assert.Equal(0, Evaluator.Error(network, set, Device.Cpu));
        Assert.Equal(0, Evaluator.Evaluate(network, set, Device.Cpu).Error);
    }

    [Fact]
    public void Theta_and_pose_belong_to_their_image_over_several_batches()
    {
        using var network = new Sequential(
            ("transformer", new SpatialTransformer(new GreyNetwork(6, grey => [0.5f, 0, 0, 0, 0.5f, grey / 1000f]), new AffineTransformation())),
            ("head", new GreyNetwork(10, grey => [.. Enumerable.Range(0, 10).Select(c => c == grey % 10 ? 1f : 0)])));
        var greys = Enumerable.Range(0, 1203).Select(i => (byte)(i % 251)).ToArray();
        var set = Unchanged.Greys(greys, new byte[1203]);
        var evaluation = Evaluator.Evaluate(network, set, Device.Cpu);
        Assert.Equal(1203, evaluation.Predictions.Count);
        Assert.All(evaluation.Predictions.Index(), p =>
        {
            Assert.Equal(p.Index, p.Item.Index);
            Assert.Equal(greys[p.Index] % 10, p.Item.Predicted);
            Assert.Equal(greys[p.Index], set.PoseOf(p.Index)!.Value.AngleDegrees);
            Assert.Equal(greys[p.Index] / 1000.0, p.Item.Theta![5], 6);
        });
    }

    [Fact]
    public void A_network_without_a_transformer_has_no_theta()
    {
        using var network = new GreyNetwork(2, _ => [0, 1]);
        Assert.Null(Evaluator.Evaluate(network, Unchanged.Greys([1], [1]), Device.Cpu).Predictions[0].Theta);
    }

    [Fact]
    public void Only_the_first_transformer_is_looked_at()
    {
        using var network = new Sequential(
            ("first", new SpatialTransformer(new GreyNetwork(6, _ => [0.5f, 0, 0.25f, 0, 0.5f, 0]), new AffineTransformation())),
            ("second", new SpatialTransformer(new GreyNetwork(6, _ => [0.5f, 0, 0, 0, 0.5f, 0]), new AffineTransformation())),
            ("head", new GreyNetwork(2, _ => [0, 1])));
        Assert.Equal(0.25, Evaluator.Evaluate(network, Unchanged.Greys([1], [1]), Device.Cpu).Predictions[0].Theta![2]);
    }
}
