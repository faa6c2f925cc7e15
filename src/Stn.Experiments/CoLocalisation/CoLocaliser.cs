using Stn.Data.Randomness;
using Stn.Data.Scenes;
using Stn.Experiments.Training;
using Stn.Localisation;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;
using Stn.Transformations;

namespace Stn.Experiments.CoLocalisation;

/// <summary>
/// Finds what images have in common (the paper's appendix A.2): an attention transformer with an output of 28×28 learns from equation (8)
/// alone that what it cuts out of one image is like what it cuts out of another, and unlike a random window of the same image.
/// </summary>
public sealed class CoLocaliser : IDisposable
{
    private const double WindowScale = 1.0 / 3;
    private readonly CoLocalisationSettings _settings;
    private readonly DigitEncoder _encoder;
    private readonly SpatialTransformer _transformer;
    private readonly Adam _optimiser;
    private readonly Parameter _images;

    /// <summary>Prepares a localisation with fresh weights.</summary>
    /// <param name="settings">What decides it.</param>
    /// <param name="scenes">The images; where the digits are is not looked at.</param>
    /// <param name="encoder">e(), trained and fixed; it stays the caller's.</param>
    public CoLocaliser(CoLocalisationSettings settings, DigitScenes scenes, DigitEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(scenes);
        ArgumentNullException.ThrowIfNull(encoder);
        (_settings, _encoder) = (settings, encoder);
        TorchRuntime.Seed(Seeds.OfWeights(settings.Seed));
        _transformer = new SpatialTransformer(
            Localisation([settings.StartScale, 0, 0]), new AttentionTransformation(), output: DigitEncoder.Size);
        _optimiser = new Adam([ParameterGroup.Of(_transformer)]);
        _images = new Parameter(Images(scenes), learned: false);
    }

    /// <summary>
    /// The paper's network: convolution 9×9×8 with stride 4, largest of 2×2, two layers of 8 units, θ; ReLU between: 5,947 parameters.
    /// </summary>
    /// <param name="start">The first θ: scale, x and y.</param>
    public static Module Localisation(IReadOnlyList<double> start) => new Sequential(
        ("conv", new Conv2d(1, 8, 9, stride: 4)),
        ("pool", new MaxPool2d(2)),
        ("relu1", new Relu()),
        ("flatten", new Flatten()),
        ("fc1", new Linear(8 * 9 * 9, 8)),
        ("relu2", new Relu()),
        ("fc2", new Linear(8, 8)),
        ("relu3", new Relu()),
        ("theta", LocalisationNetwork.ThetaRegression(8, start)));

    /// <summary>The windows that the transformer cuts out at present, in pixels.</summary>
    public Box[] Windows()
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        _transformer.Forward(_images.Value, Pass.Inference, out var theta);
        return Boxes(theta.ToArray<float>());
    }

    /// <summary>One step of gradient descent.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <returns>The loss, a mean over all pairs.</returns>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public double Step(int number)
    {
        using var scope = new TensorScope();
        var found = _encoder.Forward(_transformer.Forward(_images.Value, Pass.Training));
        var loss = Loss(found, RandomCodes(number), _settings.Margin);
        var value = loss.Item<float>();
        if (!float.IsFinite(value))
            throw new TrainingException($"the loss of {_settings.Name} is {value} at step {number + 1}; try a lower rate than {_settings.Rate}");
        _optimiser.ZeroGrad();
        loss.Backward();
        _optimiser.Step(_settings.Rate * (1 + Math.Cos(Math.PI * number / _settings.Steps)) / 2);
        return value;
    }

    /// <summary>
    /// Equation (8) over all pairs n ≠ m: the mean of max(0, |e(I_nᵀ) − e(I_mᵀ)|² − |e(I_nᵀ) − e(I_nʳᵃⁿᵈ)|² + α).
    /// </summary>
    /// <param name="found">e(Iᵀ), (N, codes).</param>
    /// <param name="random">e(Iʳᵃⁿᵈ), (N, codes).</param>
    /// <param name="margin">α.</param>
    public static Tensor Loss(Tensor found, Tensor random, double margin)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(random);
        using var scope = new TensorScope();
        var count = found.Size(0);
        var squares = (found * found).Sum([1], keep: true);
        var fixedCodes = found.Detach(); var fs = squares.Detach();
        var apart = squares + fs.Transpose(0, 1) - (found.MatMul(fixedCodes.Transpose(0, 1)) * 2);
        var toRandom = (found - random).Pow(2).Sum([1], keep: true);
        var hinges = (apart - toRandom + margin).Relu();
        // n = m is no pair: its hinge is that of a distance of 0.
        var own = (-toRandom + margin).Relu();
        return scope.Keep((hinges.Sum() - own.Sum()) / (count * (count - 1)));
    }

    /// <summary>Frees what it holds.</summary>
    public void Dispose()
    {
        _optimiser.Dispose();
        _transformer.Dispose();
        _images.Dispose();
    }

    // Windows of a third of the image's side, the size of a digit's frame, uniform over the places inside the image.
    private Tensor RandomCodes(int step)
    {
        using var recording = new NoGrad();
        var theta = new float[3 * _settings.Images];
        for (var i = 0; i < _settings.Images; i++)
        {
            var random = new CounterRandom(_settings.Seed, RandomPurpose.SceneWindow, step, i);
            theta[3 * i] = (float)WindowScale;
            theta[(3 * i) + 1] = (float)random.Uniform(WindowScale - 1, 1 - WindowScale);
            theta[(3 * i) + 2] = (float)random.Uniform(WindowScale - 1, 1 - WindowScale);
        }

        return _encoder.Forward(_transformer.Warp(_images.Value, Tensor.From(theta, _settings.Images, 3)));
    }

    private static Tensor Images(DigitScenes scenes)
    {
        var pixels = new float[scenes.Pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = scenes.Pixels[i] / 255f;
        return Tensor.From(pixels, scenes.Count, 1, DigitScenes.Canvas.Height, DigitScenes.Canvas.Width);
    }

    private static Box[] Boxes(float[] theta)
    {
        var boxes = new Box[theta.Length / 3];
        var half = DigitScenes.Canvas.Width / 2.0;
        for (var i = 0; i < boxes.Length; i++)
        {
            // A mirrored window covers the same pixels.
            var (side, x, y) = (Math.Abs(theta[3 * i]) * half, (1 + theta[(3 * i) + 1]) * half, (1 + theta[(3 * i) + 2]) * half);
            boxes[i] = new Box(x - side, y - side, x + side, y + side);
        }

        return boxes;
    }
}
