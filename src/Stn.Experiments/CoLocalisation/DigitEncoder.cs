using Stn.Data;
using Stn.Data.Randomness;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Networks;
using Stn.Experiments.Training;
using Stn.Kernels;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.CoLocalisation;

/// <summary>
/// e() of the paper's equation (8): a digit classifier, the CNN of section 4.1 on 28×28, and what it makes of an image as one vector: the
/// activations of its two hidden layers and its logits, concatenated.
/// </summary>
public sealed class DigitEncoder : Module
{
    /// <summary>Filters of each convolution.</summary>
    private const int Filters = 32;

    private const int Batch = 100;
    private const double Rate = 2e-3;
    private static readonly string[] Layers = ["relu1", "relu2", "fc"];
    private readonly Module _classifier = DigitClassifiers.Cnn(1, Size, DigitTask.Classes, Filters, Filters);

    /// <summary>The size of the images that it takes.</summary>
    public static Plane Size { get; } = new(28, 28);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [("classifier", _classifier)];

    /// <summary>A classifier trained on digits as they are, without any distortion.</summary>
    /// <param name="digits">The training digits.</param>
    /// <param name="seed">Weights and order follow from it.</param>
    /// <param name="epochs">Sweeps over the digits.</param>
    /// <param name="progress">Told the mean loss of each epoch.</param>
    public static DigitEncoder Train(LabelledImages digits, ulong seed, int epochs, Action<int, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(digits);
        TorchRuntime.Seed(Seeds.OfWeights(seed));
        var encoder = new DigitEncoder();
        using var optimiser = new Adam([ParameterGroup.Of(encoder)]);
        var schedule = new Schedule.OneCycle(Rate, (long)epochs * (digits.Count / Batch), 0.3);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var (order, sum) = (Permutation.Of(digits.Count, seed, epoch), 0.0);
            for (var start = 0; start + Batch <= order.Length; start += Batch)
                sum += encoder.Step(digits, order.AsSpan(start, Batch), optimiser, schedule.At(optimiser.StepCount), seed);
            progress?.Invoke(epoch + 1, sum * Batch / digits.Count);
        }

        encoder.Freeze();
        return encoder;
    }

    /// <summary>Reads a trained encoder.</summary>
    /// <exception cref="TensorFileException">The file is damaged, or holds something else.</exception>
    public static DigitEncoder Read(string path)
    {
        var encoder = new DigitEncoder();
        encoder.Load(Safetensors.Read(path).Tensors);
        encoder.Freeze();
        return encoder;
    }

    /// <summary>Writes the weights.</summary>
    public void Write(string path) => Safetensors.Write(path, this.State());

    /// <summary>The share of digits that it takes for others, in percent.</summary>
    public double Error(LabelledImages digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var wrong = 0L;
        for (var start = 0; start < digits.Count; start += Batch)
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            int[] indices = [.. Enumerable.Range(start, Math.Min(Batch, digits.Count - start))];
            var (images, labels) = Take(digits, indices);
            wrong += Evaluations.Evaluator.CountWrong(_classifier.Forward(images), labels);
        }

        return 100.0 * wrong / digits.Count;
    }

    /// <summary>The codes of images.</summary>
    /// <param name="input">(N, 1, 28, 28).</param>
    /// <param name="pass">Makes no difference.</param>
    /// <returns>(N, all activations): the first hidden layer's, the second's, the logits.</returns>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        using var scope = new TensorScope();
        var (value, layers) = (input, new List<Tensor>());
        foreach (var (name, part) in _classifier.Parts)
        {
            value = part.Forward(value, pass);
            if (Layers.Contains(name))
                layers.Add(value.Flatten());
        }

        return scope.Keep(Tensor.Concatenate([.. layers], 1));
    }

    private double Step(LabelledImages digits, ReadOnlySpan<int> indices, Optimiser optimiser, double rate, ulong seed)
    {
        using var scope = new TensorScope();
        var (images, labels) = Take(digits, indices);
        if (Augment)
            images = Disturbed(images, seed, optimiser.StepCount);
        var loss = Functional.CrossEntropy(_classifier.Forward(images, Pass.Training), Tensor.From(labels, labels.Length));
        optimiser.ZeroGrad();
        loss.Backward();
        optimiser.Step(rate);
        return loss.Item<float>();
    }

    public static bool Augment;
    public static double Low = 0.5, High = 1.2, Shift = 0.5; public static int Patches = 3;

    private static Tensor Disturbed(Tensor images, ulong seed, long step)
    {
        var n = (int)images.Size(0);
        var theta = new float[3 * n];
        for (var i = 0; i < n; i++)
        {
            var random = new CounterRandom(seed, RandomPurpose.SceneWindow, (int)step, i);
            var s = 1 / random.Uniform(Low, High);
            theta[3 * i] = (float)s;
            theta[(3 * i) + 1] = (float)(s * random.Uniform(-Shift, Shift));
            theta[(3 * i) + 2] = (float)(s * random.Uniform(-Shift, Shift));
        }
        var attention = new Stn.Transformations.AttentionTransformation();
        var warp = Stn.Warps.Warp.Of(attention, new Stn.Samplers.BilinearSampler());
        var warped = warp.Apply(images, Tensor.From(theta, n, 3), Size, AlignCorners.False).ToArray<float>();
        var source = images.ToArray<float>();
        for (var i = 0; i < n; i++)
        {
            var random = new CounterRandom(seed, RandomPurpose.Scene, (int)step, i);
            for (var k = random.NextInt(Patches + 1); k > 0; k--)
            {
                var (other, fx, fy, x, y) = (random.NextInt(n), random.NextInt(23), random.NextInt(23), random.NextInt(33) - 5, random.NextInt(33) - 5);
                for (var r = 0; r < 6; r++)
                for (var c = 0; c < 6; c++)
                    if ((uint)(y + r) < 28 && (uint)(x + c) < 28)
                        warped[(i * 784) + ((y + r) * 28) + x + c] = Math.Min(1, warped[(i * 784) + ((y + r) * 28) + x + c] + source[(other * 784) + ((fy + r) * 28) + fx + c]);
            }
        }
        return Tensor.From(warped, n, 1, 28, 28);
    }

    private static (Tensor Images, long[] Labels) Take(LabelledImages digits, ReadOnlySpan<int> indices)
    {
        var (pixels, labels) = (new float[indices.Length * Size.Length], new long[indices.Length]);
        for (var i = 0; i < indices.Length; i++)
        {
            var image = digits.Image(indices[i]);
            for (var pixel = 0; pixel < image.Length; pixel++)
                pixels[(i * Size.Length) + pixel] = image[pixel] / 255f;
            labels[i] = digits.Labels[indices[i]];
        }

        return (Tensor.From(pixels, indices.Length, 1, Size.Height, Size.Width), labels);
    }
}
