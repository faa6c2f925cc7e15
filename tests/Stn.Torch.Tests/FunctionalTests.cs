using Stn.Testing;

namespace Stn.Torch.Tests;

/// <summary>Values of operators against plain formulas.</summary>
public sealed class FunctionalTests : TensorTest
{
    [Fact]
    public void Comparisons_and_indices()
    {
        var x = Tensor.From([1f, 5, 3, float.NaN], 2, 2);
        Assert.Equal([true, true, true, false], x.IsFinite().ToArray<bool>());
        Assert.False(x.IsFinite().All().Item<bool>());
        Assert.Equal([false, true, true, false], x.GreaterThan(2).ToArray<bool>());
        var labels = Tensor.From([1f, 5, 3, 4], 2, 2).ArgMax(1);
        Assert.Equal([1L, 1], labels.ToArray<long>());
        Assert.Equal([false, true], labels.EqualTo(Tensor.From([0L, 1], 2)).ToArray<bool>());
        Assert.Equal(5, Tensor.From([1f, 5, 3], 3).Max().Item<float>());
    }

    [Fact]
    public void Types_convert_as_in_CSharp()
    {
        var x = Tensor.From([1.75, -2.5], 2);
        Assert.Equal([1L, -2], x.To(DType.Int64).ToArray<long>());
        Assert.Equal([(Half)1.75f, (Half)(-2.5f)], x.To(DType.Float16).ToArray<Half>());
        Assert.Equal([1.75f, -2.5f], x.To(DType.BFloat16).To(DType.Float32).ToArray<float>());
    }

    [Fact]
    public void Max_pooling_with_ceil_keeps_the_incomplete_window()
    {
        var x = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3);
        Assert.Equal([5f], Functional.MaxPool2d(x, 2).ToArray<float>());
        Assert.Equal([5f, 6, 8, 9], Functional.MaxPool2d(x, 2, ceil: true).ToArray<float>());
        Assert.Equal([3f], Functional.AvgPool2d(x, 2).ToArray<float>());
        Assert.Equal([3f, 4.5f, 7.5f, 9], Functional.AvgPool2d(x, 2, ceil: true).ToArray<float>());
    }

    [Fact]
    public void The_identity_samples_the_same_image()
    {
        var image = Tensor.RandomNormal([2, 3, 5, 4]);
        var theta = Tensor.From([1f, 0, 0, 0, 1, 0], 1, 2, 3).Expand(2, 2, 3);
        foreach (var alignCorners in new[] { false, true })
        {
            var grid = Functional.AffineGrid(theta, [2, 3, 5, 4], alignCorners);
            Assert.Equal([2, 5, 4, 2], grid.Shape);
            AssertClose.Tensors(image, Functional.GridSampler(image, grid, 0, 0, alignCorners));
            AssertClose.Tensors(image, Functional.GridSampler(image, grid, 1, 1, alignCorners));
        }
    }
}
