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
/// <para><b>Choices.</b> Each layer is divided by its length over undisturbed digits and halved, one number a layer: as they come, squared
/// distances are some thousands, next to which α = 1 is nothing. Divided by its own length instead, a window with next to nothing in it has
/// as long a code as a digit, and such windows are more alike than digits.</para>
/// <para>The classifier also sees what is no digit, or one far off the middle, and learns to give all ten classes the same probability there:
/// otherwise its codes of distractors are as good as those of digits.</para>
/// </remarks>
public sealed class DigitEncoder : Module
{
    private const int Filters = 32;
    private const int Batch = 100;
    private const double Rate = 2e-3;
    private const double Length = 0.5;
    private const int Measured = 1000;
    private static readonly string[] Layers = ["relu1", "relu2", "fc"];
    private readonly Module _classifier = DigitClassifiers.Cnn(1, Size, DigitTask.Classes, Filters, Filters);
    private readonly Parameter _lengths = new(Tensor.From([1f, 1f, 1f], 3), learned: false);

    /// <summary>The size of the images that it takes.</summary>
    public static Plane Size { get; } = new(28, 28);

    /// <summary>The lengths of the layers over undisturbed digits.</summary>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("lengths", _lengths)];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [("classifier", _classifier)];

    /// <summary>A classifier trained on digits of other sizes, off the middle and among distractors, and on what is no digit; then fixed.</summary>
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
                ReadOnlySpan<int> some = order.AsSpan(step * Batch, Batch);
                var number = (epoch * steps) + step;
                sum += encoder.Step(images.Disturbed(some, number), images.Unreadable(some, number), optimiser, schedule.At(optimiser.StepCount));
            }

            progress?.Invoke(epoch + 1, sum / steps);
        }

        encoder.Measure(images.Plain([.. Enumerable.Range(0, Math.Min(Measured, digits.Count))]).Images);
        encoder.Freeze();
        return encoder;
    }

    /// <summary>Reads a trained encoder.</summary>
    /// <exception cref="TensorFileException">The file is damaged.</exception>
    /// <exception cref="InvalidDataException">It holds other weights.</exception>
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
        catch (ArgumentException error)
        {
            encoder.Dispose();
            throw new InvalidDataException($"{path} holds no encoder of digits: {error.Message}", error);
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
        var lengths = _lengths.Value.ToArray<float>();
        return scope.Keep(Tensor.Concatenate([.. Activations(input, pass).Select((layer, i) => layer * (Length / lengths[i]))], 1));
    }

    private List<Tensor> Activations(Tensor input, Pass pass)
    {
        var (value, layers) = (input, new List<Tensor>());
        foreach (var (name, part) in _classifier.Parts)
        {
            value = part.Forward(value, pass);
            if (Layers.Contains(name))
                layers.Add(value.Flatten());
        }

        return layers;
    }

    private void Measure(Tensor plain)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var lengths = Activations(plain, Pass.Inference).Select(layer => MathF.Sqrt((layer * layer).Sum([1]).Mean().Item<float>())).ToArray();
        _lengths.Value.CopyFrom(Tensor.From(lengths, lengths.Length));
    }

    // The cross-entropy with labels, and with a tenth for each class where there is nothing to read.
    private float Step((Tensor Images, long[] Labels) batch, Tensor unreadable, Optimiser optimiser, double rate)
    {
        var loss = Functional.CrossEntropy(_classifier.Forward(batch.Images, Pass.Training), Tensor.From(batch.Labels, batch.Labels.Length))
            - _classifier.Forward(unreadable, Pass.Training).LogSoftmax(1).Mean();
        optimiser.ZeroGrad();
        loss.Backward();
        optimiser.Step(rate);
        return loss.Item<float>();
    }
}
