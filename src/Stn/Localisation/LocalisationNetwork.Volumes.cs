using Stn.Kernels;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Localisation;

/// <content>Those of volumes; the paper does not say what its own are.</content>
public static partial class LocalisationNetwork
{
    private const int VolumeFilters = 8;
    private const int VolumeUnits = 32;

    /// <summary>
    /// As that of the ST-CNN, but in space: mean over 2×2×2, convolution 5×5×5×8, largest of 2×2×2, convolution 5×5×5×8, largest of
    /// 2×2×2, 32 units, θ; ReLU between.
    /// </summary>
    /// <param name="channels">C of U.</param>
    /// <param name="input">The size of U; at least 32×32×32 voxels, for the convolutions to fit.</param>
    /// <param name="transformation">Gives the number of outputs and their start.</param>
    /// <exception cref="ArgumentException">U is too small.</exception>
    public static Module Convolutional(int channels, Volume input, Transformation3D transformation)
    {
        var start = StartOf(transformation);
        var (depth, height, width) = (AfterPooling(input.Depth), AfterPooling(input.Height), AfterPooling(input.Width));
        if (depth < 1 || height < 1 || width < 1)
        {
            throw new ArgumentException(
                $"{input.Depth}×{input.Height}×{input.Width} voxels are too few for two 5×5×5 convolutions and three poolings by 2; 32×32×32 are enough",
                nameof(input));
        }

        return new Sequential(
            ("downsample", new AvgPool3d(2)),
            ("conv1", new Conv3d(channels, VolumeFilters, Kernel)),
            ("pool1", new MaxPool3d(2)),
            ("relu1", new Relu()),
            ("conv2", new Conv3d(VolumeFilters, VolumeFilters, Kernel)),
            ("pool2", new MaxPool3d(2)),
            ("relu2", new Relu()),
            ("flatten", new Flatten()),
            ("fc", new Linear((long)VolumeFilters * depth * height * width, VolumeUnits)),
            ("relu3", new Relu()),
            ("theta", ThetaRegression(VolumeUnits, start)));
    }

    /// <summary>Three fully connected layers, θ; ReLU between.</summary>
    /// <param name="channels">C of U.</param>
    /// <param name="input">The size of U.</param>
    /// <param name="transformation">Gives the number of outputs and their start.</param>
    /// <param name="units">The width of the three layers.</param>
    public static Module FullyConnected(int channels, Volume input, Transformation3D transformation, int units = 32) =>
        FullyConnected((long)channels * input.Length, StartOf(transformation), units, layers: 3);

    private static int AfterPooling(int size) => AfterConvolutions(size) / 2;
}
