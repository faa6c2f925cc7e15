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
/// <remarks>
/// <b>Choice.</b> Each layer's activations are brought to a length of ½ first. As they come, squared distances are some thousands, next to
/// which α = 1 is nothing, and the longer codes of larger strokes draw every window into one.
/// </remarks>
public sealed class DigitEncoder : Module
{
    private const int Filters = 32;
    private const int Batch = 100;
    private const double Rate = 2e-3;
    private const double Length = 0.5;
    private const double SmallestSquare = 1e-3;
    private static readonly string[] Layers = ["relu1", "relu2", "fc"];
    private readonly Module _classifier = DigitClassifiers.Cnn(1, Size, DigitTask.Classes, Filters, Filters);

    /// <summary>The size of the images that it takes.</summary>
    public static Plane Size { get; } = new(28, 28);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [("classifier", _classifier)];

    /// <summary>A classifier trained on digits of other sizes, off the middle and among distractors, then fixed.</summary>
    /// <param name="digits">The training digits, 28×28.</param>
    /// <param name="seed">Weights, order and disturbances follow from it.</param>
    /// <param name="epochs">Sweeps over the digits.</param>
    /// <param name="progress">Told the number and the mean loss of each epoch.</param>
    public static DigitEncoder Train(LabelledImages digits, ulong seed, int epochs, Action<int, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(digits);
        TorchRuntime.Seed(Seeds.OfWeights(seed));
        var encoder = new DigitEncoder();
        var (images, steps) = (new EncoderImages(digits, seed), digits.Count / Batch);
        using var optimiser = new Adam([ParameterGroup.Of(encoder)]);
        var schedule = new Schedule.OneCycle(Rate, (long)epochs * steps, 0.3);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var (order, sum) = (Permutation.Of(digits.Count, seed, epoch), 0.0);
            for (var step = 0; step < steps; step++)
            {
                using var scope = new TensorScope();
                sum += encoder.Step(images.Disturbed(order.AsSpan(step * Batch, Batch), (epoch * steps) + step), optimiser, schedule.At(optimiser.StepCount));
            }

            progress?.Invoke(epoch + 1, sum / steps);
        }

        encoder.Freeze();
        return encoder;
    }

    /// <summary>Reads a trained encoder.</summary>
    /// <exception cref="TensorFileException">The file is damaged.</exception>
    /// <exception cref="ArgumentException">It holds other weights.</exception>
    public static DigitEncoder Read(string path)
    {
        var weights = Safetensors.Read(path).Tensors;
        var encoder = new DigitEncoder();
        try
        {
            encoder.Load(weights);
            encoder.Freeze();
            return encoder;
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Writes the weights.</summary>
    public void Write(string path) => Safetensors.Write(path, this.State());

    /// <summary>The share of undisturbed digits that it takes for others, in percent.</summary>
    public double Error(LabelledImages digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var (images, wrong) = (new EncoderImages(digits, 0), 0L);
        for (var start = 0; start < digits.Count; start += Batch)
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            var (input, labels) = images.Plain([.. Enumerable.Range(start, Math.Min(Batch, digits.Count - start))]);
            wrong += Classification.CountWrong(_classifier.Forward(input), labels);
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
                layers.Add(Normalised(value.Flatten()));
        }

        return scope.Keep(Tensor.Concatenate([.. layers], 1));
    }

    private static Tensor Normalised(Tensor layer) => layer / ((layer * layer).Sum([1], keep: true) + SmallestSquare).Sqrt() * Length;

    private float Step((Tensor Images, long[] Labels) batch, Optimiser optimiser, double rate)
    {
        var loss = Functional.CrossEntropy(_classifier.Forward(batch.Images, Pass.Training), Tensor.From(batch.Labels, batch.Labels.Length));
        optimiser.ZeroGrad();
        loss.Backward();
        optimiser.Step(rate);
        return loss.Item<float>();
    }
}
