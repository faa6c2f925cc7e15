namespace Stn.Torch.Layers.Normalisation;

/// <summary>Batch norm with what may stand behind it, a map that is added and ReLU, from map to map.</summary>
/// <param name="Shape">Of all maps.</param>
/// <param name="IsRectified">Whether ReLU follows.</param>
internal readonly unsafe record struct NormalisationPass(NormalisedMap Shape, bool IsRectified)
{
    private const int ForwardMaps = 3;
    private const int BackwardMaps = 5;

    private float Off => IsRectified ? 0 : float.NaN;

    /// <summary>y from x, for given moments.</summary>
    /// <param name="x">The input.</param>
    /// <param name="added">Null for none.</param>
    /// <param name="y">Written.</param>
    /// <param name="weight">C scales.</param>
    /// <param name="bias">C shifts.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentsOf">Those of a channel, with its numbers.</param>
    internal void Forward(float* x, float* added, float* y, float* weight, float* bias, double epsilon, Func<int, ChannelRows, ChannelMoments> momentsOf)
    {
        var (shape, off) = (Shape, Off);
        shape.ForEachChannel(ForwardMaps, (channel, scratch) =>
        {
            var from = shape.Read(x, channel, scratch, 0);
            var around = shape.Read(added, channel, scratch, 1);
            var to = shape.Write(y, channel, scratch, 2);
            var (mean, variance) = momentsOf(channel, from);
            var scale = weight[channel] / Math.Sqrt(variance + epsilon);
            var shift = bias[channel] - (mean * scale);
            for (var row = 0; row < from.Count; row++)
                NormalisedRow.Forward(from[row], added == null ? null : around[row], to[row], from.Length, (float)scale, (float)shift, off);
            shape.Written(y, channel, to);
        });
    }

    /// <summary>The gradients of x, of what was added, of weight and bias, from that of y.</summary>
    /// <param name="maps">The maps, each null where there is none.</param>
    /// <param name="moments">Those of the batch.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="weight">C scales.</param>
    /// <param name="weightGradient">Written.</param>
    /// <param name="biasGradient">Written.</param>
    internal void Backward(BackwardMaps maps, ChannelMoments[] moments, double epsilon, float* weight, float* weightGradient, float* biasGradient)
    {
        var (shape, off) = (Shape, Off);
        shape.ForEachChannel(BackwardMaps, (channel, scratch) =>
        {
            var gradient = shape.Read(maps.Gradient, channel, scratch, 0);
            var y = shape.Read(maps.Output, channel, scratch, 1);
            var x = shape.Read(maps.Input, channel, scratch, 2);
            var through = shape.Write(maps.AddedGradient, channel, scratch, 3);
            var result = shape.Write(maps.InputGradient, channel, scratch, 4);
            var (mean, scale) = ((float)moments[channel].Mean, 1 / Math.Sqrt(moments[channel].Variance + epsilon));
            double sum = 0, product = 0;
            for (var row = 0; row < x.Count; row++)
            {
                var (s, p) = NormalisedRow.Sums(gradient[row], y[row], x[row], maps.AddedGradient == null ? null : through[row], x.Length, mean, off);
                (sum, product) = (sum + s, product + p);
            }

            (weightGradient[channel], biasGradient[channel]) = ((float)(product * scale), (float)sum);
            var slope = weight[channel] * scale;
            var slopes = new NormalisedSlopes((float)slope, (float)(-slope * product * scale * scale / shape.Count), (float)(-slope * sum / shape.Count));
            for (var row = 0; row < x.Count; row++)
                NormalisedRow.Backward(gradient[row], y[row], x[row], result[row], x.Length, mean, off, slopes);
            shape.Written(maps.AddedGradient, channel, through);
            shape.Written(maps.InputGradient, channel, result);
        });
    }
}

/// <summary>The maps of a backward pass; <see cref="AddedGradient"/> is null where nothing was added or nobody asks.</summary>
internal readonly unsafe struct BackwardMaps
{
    internal float* Gradient { get; init; }

    internal float* Output { get; init; }

    internal float* Input { get; init; }

    internal float* InputGradient { get; init; }

    internal float* AddedGradient { get; init; }
}
