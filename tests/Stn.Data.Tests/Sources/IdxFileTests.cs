using Stn.Data.Sources;
using Stn.Kernels;

namespace Stn.Data.Tests.Sources;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_and_labels_come_back_as_they_were_written()
    {
        var digits = Synthetic.Digits(3);
        var images = _folder.Write("images", Synthetic.IdxImages(digits));
        var labels = _folder.Write("labels", Synthetic.IdxLabels(digits));

        var read = IdxFile.ReadLabelled(images, labels);

        Assert.Equal(new Plane(28, 28), read.Plane);
        Assert.Equal(digits.Pixels, read.Pixels);
        Assert.Equal(digits.Labels, read.Labels);
    }

    [Fact]
    public void Other_sizes_than_MNISTs_are_read()
    {
        var path = _folder.Write("images", [.. Synthetic.Words(0x803, 2, 1, 3), 1, 2, 3, 4, 5, 6]);
        var (plane, count, pixels) = IdxFile.ReadImages(path);
        Assert.Equal((new Plane(1, 3), 2), (plane, count));
        Assert.Equal([1, 2, 3, 4, 5, 6], pixels);
    }

    [Theory]
    [InlineData(new int[0], 0, "byte 0: the file ends in its header, which should have 16 bytes")]
    [InlineData(new[] { 0x803, 1 }, 0, "byte 8: the file ends in its header")]
    [InlineData(new[] { 0x801, 1, 1, 1 }, 1, "byte 0: the magic number is 0x00000801, should be 0x00000803 (IDX images)")]
    [InlineData(new[] { 0x803, 1, 0, 5 }, 0, "byte 8: the height of an image is 0, should be 1 to 16384")]
    [InlineData(new[] { 0x803, 1, 5, -1 }, 0, "byte 12: the width of an image is 4294967295, should be 1 to 16384")]
    [InlineData(new[] { 0x803, -1, 16384, 16384 }, 0, "byte 4: 4294967295 items of 268435456 bytes, should be")]
    [InlineData(new[] { 0x803, 2, 2, 2 }, 7, "byte 23: the file ends here, should have 24 bytes (2 items of 4)")]
    [InlineData(new[] { 0x803, 2, 2, 2 }, 10, "byte 24: 2 bytes follow the last item, the file should end here")]
    public void A_malformed_file_of_images_is_refused_with_its_name_and_the_byte(int[] header, int body, string expected)
    {
        var path = _folder.Write("bad-images", [.. Synthetic.Words(header), .. new byte[body]]);
        var error = Assert.Throws<DataFormatException>(() => IdxFile.ReadImages(path));
        Assert.StartsWith($"{path}: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0x803, 1 }, 1, "byte 0: the magic number is 0x00000803, should be 0x00000801 (IDX labels)")]
    [InlineData(new[] { 0x801 }, 2, "byte 6: the file ends in its header, which should have 8 bytes")]
    [InlineData(new[] { 0x801, 3 }, 2, "byte 10: the file ends here, should have 11 bytes (3 items of 1)")]
    [InlineData(new[] { 0x801, 3 }, 4, "byte 11: 1 bytes follow the last item, the file should end here")]
    [InlineData(new[] { 0x801, -1 }, 4, "byte 4: 4294967295 items of 1 bytes, should be")]
    public void A_malformed_file_of_labels_is_refused_with_its_name_and_the_byte(int[] header, int body, string expected)
    {
        var path = _folder.Write("bad-labels", [.. Synthetic.Words(header), .. new byte[body]]);
        var error = Assert.Throws<DataFormatException>(() => IdxFile.ReadLabels(path));
        Assert.StartsWith($"{path}: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_differ_are_refused_with_both_files_named()
    {
        var images = _folder.Write("images", Synthetic.IdxImages(Synthetic.Digits(3)));
        var labels = _folder.Write("labels", Synthetic.IdxLabels(Synthetic.Digits(4)));
        var error = Assert.Throws<DataFormatException>(() => IdxFile.ReadLabelled(images, labels));
        Assert.Equal($"{labels}: byte 4: 4 labels, should be 3, as many as the images of {images}", error.Message);
    }
}
