using Stn.Kernels;

namespace Stn.Data.Tests;

public sealed class LabelledImagesTests
{
    private static readonly LabelledImages s_images = new(new Plane(1, 2), new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 7, 8, 9 });

    [Fact]
    public void An_image_is_its_own_pixels() => Assert.Equal([3, 4], s_images.Image(1).ToArray());

    [Fact]
    public void A_slice_holds_its_images_and_labels()
    {
        var slice = s_images.Slice(1, 2);
        Assert.Equal(2, slice.Count);
        Assert.Equal([3, 4, 5, 6], slice.Pixels.ToArray());
        Assert.Equal([8, 9], slice.Labels.ToArray());
    }

    [Fact]
    public void Pixels_that_are_not_as_many_as_the_labels_say_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelledImages(new Plane(1, 2), new byte[5], new byte[3]));
        Assert.StartsWith("3 images of 1×2 need 6 bytes, got 5", error.Message, StringComparison.Ordinal);
    }
}
