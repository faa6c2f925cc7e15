using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Numbers;

/// <summary>
/// Synthetic house numbers: one to five MNIST digits in one colour in a slanted row on a textured ground, with up to four other digits
/// around them. In the form of SVHN's samples, to see networks work where SVHN is not at hand; no replacement of it.
/// </summary>
public sealed class ComposedNumbers : ISampleSet
{
    private const double NumberContrast = 0.3;
    private const double NeighbourContrast = 0.15;
    private const double Noise = 0.03;

    private readonly LabelledImages _digits;
    private readonly int _side;
    private readonly ulong _seed;
    private readonly RandomPurpose _purpose;

    private ComposedNumbers(LabelledImages digits, int count, int side, ulong seed, RandomPurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 64);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        (_digits, Count, _side, _seed, _purpose) = (digits, count, side, seed, purpose);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(3, new Plane(_side, _side));

    /// <inheritdoc/>
    public int LabelsPerSample => NumberLabels.Places;

    /// <inheritdoc/>
    public string Description => $"synthetic numbers of 1 to {NumberLabels.Places} MNIST digits on {_side}×{_side}; {Count} of them; {_purpose}, seed {_seed}";

    /// <summary>Numbers to learn from, composed afresh in each epoch.</summary>
    /// <param name="digits">MNIST's digits of 28×28.</param>
    /// <param name="count">The number of samples in an epoch.</param>
    /// <param name="side">H = W: 64 or 128.</param>
    /// <param name="seed">That of the run.</param>
    public static ComposedNumbers Training(LabelledImages digits, int count, int side, ulong seed) =>
        new(digits, count, side, seed, RandomPurpose.TrainingDistortion);

    /// <summary>Numbers to be tested on: one draw by <see cref="DistortedSet.FixedSeed"/>.</summary>
    /// <inheritdoc cref="Training"/>
    public static ComposedNumbers Test(LabelledImages digits, int count, int side) =>
        new(digits, count, side, DistortedSet.FixedSeed, RandomPurpose.TestDistortion);

    /// <inheritdoc/>
    public string SourceHash() => _digits.Sha256();

    /// <inheritdoc/>
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        var random = new CounterRandom(_seed, _purpose, _purpose == RandomPurpose.TrainingDistortion ? epoch : 0, index);
        var digits = new int[1 + random.NextInt(NumberLabels.Places)];
        var scene = NumberScene.Draw(digits.Length, _side, ref random);
        var ground = Paint.Draw(ref random);
        TexturedGround.Write(ground, _side, ref random, values);
        foreach (var pose in scene.Neighbours)
            Stamp(random.NextInt(_digits.Count), pose, Paint.DrawBeside(ground, NeighbourContrast, ref random), values);
        var paint = Paint.DrawBeside(ground, NumberContrast, ref random);
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = random.NextInt(_digits.Count);
            digits[i] = _digits.Labels[digit];
            Stamp(digit, scene.Digits[i], paint, values);
        }

        Grain(ref random, values);
        NumberLabels.Write(digits, labels);
    }

    // Its ink covers what lies below.
    private void Stamp(int digit, Pose pose, Paint paint, Span<float> values)
    {
        var canvas = new Plane(_side, _side);
        Span<double> theta = stackalloc double[6];
        pose.CanvasToImage(_digits.Plane, canvas, theta);
        var ink = new byte[canvas.Length];
        ByteWarp.Affine(_digits.Image(digit), _digits.Plane, theta, canvas, ink);
        for (var i = 0; i < ink.Length; i++)
        {
            if (ink[i] == 0)
                continue;
            var cover = ink[i] / 255f;
            Mix(ref values[i], (float)paint.Red, cover);
            Mix(ref values[canvas.Length + i], (float)paint.Green, cover);
            Mix(ref values[(2 * canvas.Length) + i], (float)paint.Blue, cover);
        }
    }

    private static void Mix(ref float value, float paint, float cover) => value += cover * (paint - value);

    // Uniform noise: one 32-bit word a value.
    private static void Grain(ref CounterRandom random, Span<float> values)
    {
        const double step = 2 * Noise / uint.MaxValue;
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i] + (float)((random.NextUInt32() * step) - Noise), 0, 1);
    }
}
