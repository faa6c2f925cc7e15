using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Training;

public sealed class ClassificationTests : TensorTest
{
    [Fact]
    public void One_label_a_sample_costs_its_cross_entropy()
    {
        using var scope = new TensorScope();
        var logits = Tensor.From([MathF.Log(0.5f), MathF.Log(0.25f), MathF.Log(0.25f), 0, 0, 0], 2, 3);
        var loss = Classification.Loss(logits, Tensor.From([0L, 1L], 2)).Item<float>();
        Assert.Equal((Math.Log(2) + Math.Log(3)) / 2, loss, 5);
        Assert.Equal(0, Classification.CountWrong(logits, [0, 0]));
        Assert.Equal(2, Classification.CountWrong(logits, [1, 1]));
    }

    [Fact]
    public void The_labels_of_a_sequence_add_up_and_are_right_only_together()
    {
        using var scope = new TensorScope();
        // Two samples of two labels each, of two classes: answers 0 1 and 1 1.
        var logits = Tensor.From([MathF.Log(0.8f), MathF.Log(0.2f), 0, 1000, 0, 1000, MathF.Log(0.1f), MathF.Log(0.9f)], 2, 2, 2);
        var loss = Classification.Loss(logits, Tensor.From([0L, 1L, 1L, 0L], 4)).Item<float>();
        Assert.Equal((-Math.Log(0.8) - Math.Log(0.1)) / 2, loss, 5);
        Assert.Equal(0, Classification.CountWrong(logits, [0, 1, 1, 1]));
        Assert.Equal(1, Classification.CountWrong(logits, [0, 1, 1, 0]));
        Assert.Equal(2, Classification.CountWrong(logits, [1, 1, 0, 0]));
    }
}
