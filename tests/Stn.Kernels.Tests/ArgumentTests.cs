namespace Stn.Kernels.Tests;

public class ArgumentTests
{
    private static readonly ImageBatch Shape = new(2, 1, new Plane(3, 4));

    [Fact]
    public void A_wrong_length_is_named_with_its_shape()
    {
        var error = Assert.Throws<ArgumentException>(() => AffineWarp.Forward<float>(
            new float[24], Shape, new float[6], Sampling.Linear(), AlignCorners.False, new Plane(3, 4), new float[24]));
        Assert.Equal("theta", error.ParamName);
        Assert.Contains("N·6 = 12 values, got 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_is_empty_or_whole() =>
        Assert.Throws<ArgumentException>(() => AffineWarp.Backward<float>(
            new float[24], Shape, new float[12], Sampling.Linear(), AlignCorners.False, new Plane(3, 4), new float[24], new float[1], []));

    [Fact]
    public void A_source_has_pixels() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AffineWarp.Forward<float>(
            [], new ImageBatch(1, 1, new Plane(0, 4)), new float[6], Sampling.Linear(), AlignCorners.False, new Plane(0, 0), []));

    [Fact]
    public void Volumes_have_no_cubic_sampler() =>
        Assert.Throws<NotSupportedException>(() => AffineWarp3D.Forward<float>(
            new float[8], new VolumeBatch(1, 1, new Volume(2, 2, 2)), new float[12], Sampling.Cubic(), AlignCorners.False,
            new Volume(2, 2, 2), new float[8]));

    [Fact]
    public void Empty_batches_and_targets_give_empty_outputs_and_zero_gradients()
    {
        AffineWarp.Forward<float>([], Shape with { Count = 0 }, [], Sampling.Linear(), AlignCorners.False, new Plane(3, 4), []);
        float[] images = new float[24], gradient = [.. Enumerable.Repeat(1f, 24)], theta = [.. Enumerable.Repeat(1f, 12)];
        AffineWarp.Backward<float>(
            images, Shape, new float[12], Sampling.Linear(), AlignCorners.False, new Plane(0, 4), [], gradient, theta);
        Assert.All(gradient.Concat(theta), value => Assert.Equal(0, value));
    }
}
