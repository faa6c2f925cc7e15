using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Layers;

/// <summary>Layers of volumes against their sums, written out.</summary>
public sealed class VolumeLayerTests : TensorTest
{
    private static readonly int[] Size = [4, 5, 3];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Convolution_is_its_sum(int stride, int padding)
    {
        using var conv = new Conv3d(2, 3, 2, stride, padding);
        var input = Tensor.RandomNormal([1, 2, 4, 5, 3]);
        var output = conv.Forward(input).Detach();
        int[] size = [.. Size.Select(n => ((n + (2 * padding) - 2) / stride) + 1)];
        Assert.Equal([1, 3, size[0], size[1], size[2]], output.Shape);
        var (u, w, b) = (input.ToArray<float>(), conv.Weight.Value.ToArray<float>(), conv.Bias.Value.ToArray<float>());
        var expected = new List<float>();
        for (var filter = 0; filter < 3; filter++)
            ForEach(size, (z, y, x) => expected.Add(b[filter] + Sum(u, w.AsSpan(filter * 16, 16).ToArray(), (z * stride) - padding, (y * stride) - padding, (x * stride) - padding)));
        AssertClose.Tensors(Tensor.From(expected.ToArray(), output.Shape), output, new Tolerance(1e-5, 1e-5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pooling_takes_the_largest_or_the_mean_of_what_a_window_holds(bool ceil)
    {
        var input = Tensor.RandomNormal([1, 1, 4, 5, 3]);
        var u = input.ToArray<float>();
        int[] size = [.. Size.Select(n => (n + (ceil ? 1 : 0)) / 2)];
        List<float> largest = [], mean = [];
        ForEach(size, (z, y, x) =>
        {
            var window = new List<float>();
            ForEach([2, 2, 2], (dz, dy, dx) =>
            {
                if (Inside(2 * z + dz, 2 * y + dy, 2 * x + dx))
                    window.Add(u[At(2 * z + dz, 2 * y + dy, 2 * x + dx)]);
            });
            largest.Add(window.Max());
            mean.Add(window.Average());
        });
        Assert.Equal(largest, new MaxPool3d(2, ceil).Forward(input).ToArray<float>());
        AssertClose.Tensors(Tensor.From(mean.ToArray(), 1, 1, size[0], size[1], size[2]), new AvgPool3d(2, ceil).Forward(input), new Tolerance(1e-6, 1e-6));
    }

    [Fact]
    public void New_weights_fill_PyTorchs_bounds()
    {
        TorchRuntime.Seed(1);
        using var conv = new Conv3d(2, 50, 2);
        Assert.Equal(["weight", "bias"], conv.OwnParameters.Select(own => own.Name));
        Assert.InRange(conv.Weight.Value.ToArray<float>().Max(), 0.95f * 0.25f, 0.25f);
    }

    private static float Sum(float[] u, float[] w, int top, int row, int column)
    {
        var sum = 0f;
        for (var channel = 0; channel < 2; channel++)
        {
            ForEach([2, 2, 2], (z, y, x) => sum += Inside(top + z, row + y, column + x)
                ? w[(channel * 8) + (z * 4) + (y * 2) + x] * u[(channel * 60) + At(top + z, row + y, column + x)]
                : 0);
        }

        return sum;
    }

    private static int At(int z, int y, int x) => (((z * Size[1]) + y) * Size[2]) + x;

    private static bool Inside(int z, int y, int x) => (uint)z < Size[0] && (uint)y < Size[1] && (uint)x < Size[2];

    private static void ForEach(int[] size, Action<int, int, int> each)
    {
        for (var i = 0; i < size[0] * size[1] * size[2]; i++)
            each(i / (size[1] * size[2]), i / size[2] % size[1], i % size[2]);
    }
}
