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
/// <b>Choices.</b> Scale uniform in 0.7 to 1.2, the centre uniform within ±0.25 of half the frame along x and y, up to six 6×6 patches of
/// other digits at places that may lie partly outside, added up to white. What cannot be read is such patches alone, for every third image,
/// or a digit with its centre 0.6 to 1.6 of half the frame off the middle, in any direction.
/// </remarks>
internal sealed class EncoderImages(LabelledImages digits, ulong seed)
{
    private const double SmallestScale = 0.7;
    private const double LargestScale = 1.2;
    private const double LargestShift = 0.25;
    private const int MostDistractors = 6;
    private const double NearestUnreadable = 0.6;
    private const double FarthestUnreadable = 1.6;
    private const double OutOfSight = 3;
    private const int EmptyEvery = 3;
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
        return (Moved(source, step, (int _, ref CounterRandom random) => (random.Uniform(-LargestShift, LargestShift), random.Uniform(-LargestShift, LargestShift))), labels);
    }

    /// <summary>Distractors alone, and digits too far off the middle to be read, afresh for each step.</summary>
    internal Tensor Unreadable(ReadOnlySpan<int> indices, int step) => Moved(Pixels(indices).Pixels, ~step, (int i, ref CounterRandom random) =>
    {
        var far = i % EmptyEvery == 0 ? OutOfSight : random.Uniform(NearestUnreadable, FarthestUnreadable);
        var (sin, cos) = ExactMath.SinCos(random.Uniform(0, 2 * Math.PI));
        return (far * cos, far * sin);
    });

    private delegate (double X, double Y) Shift(int image, ref CounterRandom random);

    // Each digit scaled, its centre shifted by parts of half the frame, and distractors over it.
    private Tensor Moved(float[] source, int step, Shift shift)
    {
        var count = source.Length / (s_side * s_side);
        var theta = new float[3 * count];
        for (var i = 0; i < count; i++)
        {
            var random = new CounterRandom(seed, RandomPurpose.SceneWindow, step, i);
            var scale = 1 / random.Uniform(SmallestScale, LargestScale);
            var (x, y) = shift(i, ref random);
            (theta[3 * i], theta[(3 * i) + 1], theta[(3 * i) + 2]) = ((float)scale, (float)(scale * x), (float)(scale * y));
        }

        var warp = Warps.Warp.Of(new AttentionTransformation(), new Samplers.BilinearSampler());
        var moved = warp.Apply(
            Tensor.From(source, count, 1, s_side, s_side), Tensor.From(theta, count, 3), DigitEncoder.Size, Kernels.AlignCorners.False).ToArray<float>();
        for (var i = 0; i < count; i++)
            AddDistractors(moved.AsSpan(i * s_side * s_side, s_side * s_side), source, new CounterRandom(seed, RandomPurpose.Scene, step, i));
        return Tensor.From(moved, count, 1, s_side, s_side);
    }

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
