using Stn.Torch.Interop;

namespace Stn.Torch;

/// <summary>The operators of networks that take more than one tensor; images are NCHW.</summary>
public static partial class Functional
{
    /// <summary>x·Wᵀ + b: (N, in) to (N, out).</summary>
    /// <param name="input">x, shape (N, in).</param>
    /// <param name="weight">W, shape (out, in).</param>
    /// <param name="bias">b, shape (out), or null.</param>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias) => Ops.Linear.Call(input, weight, bias);

    /// <summary>2-D cross-correlation, as every framework calls convolution.</summary>
    /// <param name="input">(N, in, H, W).</param>
    /// <param name="weight">(out, in, h, w).</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Rows and columns of zeros around the input.</param>
    /// <param name="groups">Parts of the channels that are convolved each by itself; the weight is (out, in/groups, h, w).</param>
    public static Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias, int stride = 1, int padding = 0, int groups = 1) =>
        Ops.Conv2d.Call(
            input, weight, bias, new long[] { stride, stride }, new long[] { padding, padding }, new long[] { 1, 1 }, (long)groups);

    /// <summary>The largest of each window of size×size.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="size">Rows and columns of the window.</param>
    /// <param name="ceil">Whether a last, incomplete window counts.</param>
    /// <param name="stride">Pixels between two windows; by default they lie side by side.</param>
    /// <param name="padding">Rows and columns around the input that are never the largest; at most half of the window.</param>
    public static Tensor MaxPool2d(Tensor input, int size, bool ceil = false, int? stride = null, int padding = 0) =>
        Ops.MaxPool2d.Call(
            input, new long[] { size, size }, new long[] { stride ?? size, stride ?? size }, new long[] { padding, padding }, new long[] { 1, 1 }, ceil);

    /// <summary>The mean of each window of size×size.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="size">Rows and columns of the window.</param>
    /// <param name="ceil">Whether a last, incomplete window counts.</param>
    /// <param name="stride">Pixels between two windows; by default they lie side by side.</param>
    /// <param name="padding">Rows and columns of zeros around the input, which count in the mean; at most half of the window.</param>
    public static Tensor AvgPool2d(Tensor input, int size, bool ceil = false, int? stride = null, int padding = 0) =>
        Ops.AvgPool2d.Call(
            input, new long[] { size, size }, new long[] { stride ?? size, stride ?? size }, new long[] { padding, padding }, ceil);

    /// <summary>The mean of each of height×width windows that together cover the input, whatever its size.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    /// <returns>(N, C, height, width).</returns>
    public static Tensor AdaptiveAvgPool2d(Tensor input, int height, int width) =>
        Ops.AdaptiveAvgPool2d.Call(input, new long[] { height, width });

    /// <summary>input·scale + shift, both a number for each channel, in one pass through memory.</summary>
    /// <param name="input">(N, C, …).</param>
    /// <param name="scale">(C).</param>
    /// <param name="shift">(C).</param>
    public static Tensor ScaleChannels(Tensor input, Tensor scale, Tensor shift)
    {
        ArgumentNullException.ThrowIfNull(scale);
        using var scope = new TensorScope();
        // Batch norm by given moments, 0 and 1.
        var (mean, variance) = (Tensor.Zeros(scale.Shape, scale.Type).To(scale.Device), Tensor.Ones(scale.Shape, scale.Type).To(scale.Device));
        return scope.Keep(Ops.BatchNorm.Call(input, scale, shift, mean, variance, false, 0.0, 0.0, false));
    }

    /// <summary>The mean negative log-likelihood of the labels.</summary>
    /// <param name="logProbabilities">(N, classes), from <see cref="Tensor.LogSoftmax"/>.</param>
    /// <param name="labels">(N), Int64.</param>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, Tensor labels) =>
        Ops.NllLoss.Call(logProbabilities, labels);

    /// <summary>The mean multinomial cross-entropy of logits and labels.</summary>
    /// <param name="logits">(N, classes).</param>
    /// <param name="labels">(N), Int64.</param>
    /// <param name="smoothing">The share of each label that goes to all classes alike: PyTorch's <c>label_smoothing</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not in [0, 1].</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, double smoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (smoothing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "a share of a label lies in [0, 1]");
        using var scope = new TensorScope();
        var logProbabilities = logits.LogSoftmax(1);
        var loss = NegativeLogLikelihood(logProbabilities, labels);
        return scope.Keep(smoothing == 0 ? loss : (loss * (1 - smoothing)) - (logProbabilities.Mean() * smoothing));
    }

    /// <summary>The mean squared difference.</summary>
    public static Tensor MeanSquaredError(Tensor input, Tensor target) => Ops.MseLoss.Call(input, target);

    /// <summary>libtorch's grid generator: the source points of the regular target grid under θ.</summary>
    /// <param name="theta">(N, 2, 3), target to source, normalised; for volumes (N, 3, 4).</param>
    /// <param name="size">(N, C, h, w) or (N, C, d, h, w) of the output.</param>
    /// <param name="alignCorners">Whether −1 and 1 are the corner pixels' centres.</param>
    /// <returns>(N, h, w, 2), x before y, or (N, d, h, w, 3), then z.</returns>
    public static Tensor AffineGrid(Tensor theta, long[] size, bool alignCorners) =>
        Ops.AffineGrid.Call(theta, size, alignCorners);

    /// <summary>libtorch's sampler.</summary>
    /// <param name="input">(N, C, H, W) or (N, C, D, H, W).</param>
    /// <param name="grid">(N, h, w, 2) or (N, d, h, w, 3), normalised source points, x before y before z.</param>
    /// <param name="mode">0 bilinear or trilinear, 1 nearest, 2 bicubic, which volumes have not.</param>
    /// <param name="padding">0 zeros, 1 border, 2 reflection.</param>
    /// <param name="alignCorners">Whether −1 and 1 are the corner pixels' centres.</param>
    /// <returns>(N, C, h, w) or (N, C, d, h, w).</returns>
    public static Tensor GridSampler(Tensor input, Tensor grid, int mode, int padding, bool alignCorners) =>
        Ops.GridSampler.Call(input, grid, (long)mode, (long)padding, alignCorners);

    /// <summary>libtorch's resizing of images with a triangle as wide as the ratio of the sizes.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="height">h.</param>
    /// <param name="width">w.</param>
    /// <param name="alignCorners">
    /// Whether the ratio is (n − 1)/(m − 1) instead of n/m. The points lie (ratio − 1)/2 pixels farther than the corners' centres say.
    /// </param>
    /// <returns>(N, C, h, w).</returns>
    public static Tensor ResizeAntiAliased(Tensor input, int height, int width, bool alignCorners) =>
        Ops.UpsampleBilinearAntiAliased.Call(input, new long[] { height, width }, alignCorners, Argument.None, Argument.None);
}
