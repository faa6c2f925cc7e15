using Stn.Data;
using Stn.Data.Randomness;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Experiments.CoLocalisation;

/// <summary>
/// What <see cref="DigitEncoder"/> learns from: digits as a window that is not quite right would show them, smaller or larger, off the
/// middle, with distractors.
/// </summary>
/// <remarks>
/// <b>Choices.</b> Scale uniform in 0.6 to 1.2, the centre uniform within ±0.3 of half the frame along x and y, up to three 6×6 patches of
/// other digits at places that may lie partly outside, added up to white.
/// </remarks>
internal sealed class EncoderImages(LabelledImages digits, ulong seed)
{
    private const double SmallestScale = 0.6;
    private const double LargestScale = 1.2;
    private const double LargestShift = 0.3;
    private const int MostDistractors = 3;
    private const int DistractorSide = 6;
    private static readonly int s_side = DigitEncoder.Size.Width;

    /// <summary>Digits as they are, (N, 1, 28, 28), and their labels.</summary>
    internal (Tensor Images, long[] Labels) Plain(ReadOnlySpan<int> indices)
    {
        var (pixels, labels) = Pixels(indices);
        return (Tensor.From(pixels, indices.Length, 1, s_side, s_side), labels);
    }

    /// <summary>Digits disturbed, afresh for each step, and their labels.</summary>
    internal (Tensor Images, long[] Labels) Disturbed(ReadOnlySpan<int> indices, int step)
    {
        var (source, labels) = Pixels(indices);
        var theta = new float[3 * indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            var random = new CounterRandom(seed, RandomPurpose.SceneWindow, step, i);
            var scale = 1 / random.Uniform(SmallestScale, LargestScale);
            (theta[3 * i], theta[(3 * i) + 1], theta[(3 * i) + 2]) = ((float)scale, Shift(scale, ref random), Shift(scale, ref random));
        }

        var warp = Warps.Warp.Of(new AttentionTransformation(), new Samplers.BilinearSampler());
        var moved = warp.Apply(
            Tensor.From(source, indices.Length, 1, s_side, s_side), Tensor.From(theta, indices.Length, 3), DigitEncoder.Size, Kernels.AlignCorners.False).ToArray<float>();
        for (var i = 0; i < indices.Length; i++)
            AddDistractors(moved.AsSpan(i * s_side * s_side, s_side * s_side), source, new CounterRandom(seed, RandomPurpose.Scene, step, i));
        return (Tensor.From(moved, indices.Length, 1, s_side, s_side), labels);
    }

    private static float Shift(double scale, ref CounterRandom random) => (float)(scale * random.Uniform(-LargestShift, LargestShift));

    private static void AddDistractors(Span<float> image, float[] source, CounterRandom random)
    {
        for (var left = random.NextInt(MostDistractors + 1); left > 0; left--)
        {
            var room = s_side - DistractorSide + 1;
            var from = (random.NextInt(source.Length / image.Length) * image.Length) + (random.NextInt(room) * s_side) + random.NextInt(room);
            var (x, y) = (random.NextInt(s_side + DistractorSide - 1) - DistractorSide + 1, random.NextInt(s_side + DistractorSide - 1) - DistractorSide + 1);
            for (var pixel = 0; pixel < DistractorSide * DistractorSide; pixel++)
            {
                var (row, column) = (pixel / DistractorSide, pixel % DistractorSide);
                if ((uint)(y + row) >= (uint)s_side || (uint)(x + column) >= (uint)s_side)
                    continue;
                ref var value = ref image[((y + row) * s_side) + x + column];
                value = Math.Min(1, value + source[from + (row * s_side) + column]);
            }
        }
    }

    private (float[] Pixels, long[] Labels) Pixels(ReadOnlySpan<int> indices)
    {
        var (pixels, labels) = (new float[indices.Length * s_side * s_side], new long[indices.Length]);
        for (var i = 0; i < indices.Length; i++)
        {
            var image = digits.Image(indices[i]);
            for (var pixel = 0; pixel < image.Length; pixel++)
                pixels[(i * image.Length) + pixel] = image[pixel] / 255f;
            labels[i] = digits.Labels[indices[i]];
        }

        return (pixels, labels);
    }
}
