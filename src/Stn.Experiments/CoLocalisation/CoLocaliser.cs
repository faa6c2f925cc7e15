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
/// <remarks>
/// <para><b>The law of the random windows.</b> A random window has the scale of the image's own, and its centre is uniform over the places
/// where it lies inside the image, and a twentieth of the image beyond. Were its scale fixed, windows that have zoomed out until they see
/// the whole image would be alike and unlike it: equation (8) is smallest there.</para>
/// <para><b>Gradients.</b> Those of a pair (n, m) reach I_nᵀ; I_mᵀ is what it is compared with. Through both, the pull of windows to their
/// mean is twice the push away from random ones, and they leave the images.</para>
/// </remarks>
public sealed class CoLocaliser : IDisposable
{
    private const double Beyond = 0.1;
    private readonly CoLocalisationSettings _settings;
    private readonly DigitEncoder _encoder;
    private readonly Module _localisation;
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
        _localisation = Localisation(settings.StartScale, settings.ScaleRate);
        _transformer = new SpatialTransformer(_localisation, new AttentionTransformation(), output: DigitEncoder.Size);
        _optimiser = new Adam([ParameterGroup.Of(_transformer)]);
        _images = new Parameter(Images(scenes), learned: false);
    }

    /// <summary>
    /// The paper's network: convolution 9×9×8 with stride 4, largest of 2×2, two layers of 8 units, θ; ReLU between: 5,947 parameters. Its
    /// weights start uniform over ±√(6/inputs) as He et al. advise for ReLU, its biases at zero.
    /// </summary>
    /// <param name="startScale">The first scale; the first window lies in the middle.</param>
    /// <param name="scaleRate">What changes of the scale are multiplied by.</param>
    public static Module Localisation(double startScale, double scaleRate)
    {
        var network = new Sequential(
            ("conv", new Conv2d(1, 8, 9, stride: 4)),
            ("pool", new MaxPool2d(2)),
            ("relu1", new Relu()),
            ("flatten", new Flatten()),
            ("fc1", new Linear(8 * 9 * 9, 8)),
            ("relu2", new Relu()),
            ("fc2", new Linear(8, 8)),
            ("relu3", new Relu()),
            ("theta", LocalisationNetwork.ThetaRegression(8, [startScale, 0, 0])),
            ("scale", new SlowScale(startScale, scaleRate)));
        using var recording = new NoGrad();
        foreach (var (name, parameter) in network.Parameters().Where(p => !p.Name.StartsWith("theta.", StringComparison.Ordinal)))
        {
            if (name.EndsWith(".weight", StringComparison.Ordinal))
                parameter.Value.MultiplyInPlace(Math.Sqrt(6)); // from the layers' own ±1/√inputs
            else
                parameter.Value.SetZero();
        }

        return network;
    }

    /// <summary>The windows that the transformer cuts out at present, in pixels.</summary>
    public Box[] Windows()
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        return Boxes(_localisation.Forward(_images.Value).ToArray<float>());
    }

    /// <summary>One step of gradient descent.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <returns>The loss, a mean over all pairs.</returns>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public double Step(int number)
    {
        using var scope = new TensorScope();
        var theta = _localisation.Forward(_images.Value, Pass.Training) * Tensor.From([(float)Enlargement(number), 1, 1], 1, 3);
        var found = _encoder.Forward(_transformer.Warp(_images.Value, theta));
        var loss = Loss(found, found.Detach(), RandomCodes(theta.Detach().ToArray<float>(), number), _settings.Margin);
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
    /// <param name="found">e(I_nᵀ), (N, codes).</param>
    /// <param name="others">e(I_mᵀ): the same numbers, cut off from the graph or not.</param>
    /// <param name="random">e(Iʳᵃⁿᵈ), (N, codes).</param>
    /// <param name="margin">α.</param>
    public static Tensor Loss(Tensor found, Tensor others, Tensor random, double margin)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(random);
        using var scope = new TensorScope();
        var count = found.Size(0);
        var squares = (found * found).Sum([1], keep: true);
        var apart = squares + (others * others).Sum([1], keep: true).Transpose(0, 1) - (found.MatMul(others.Transpose(0, 1)) * 2);
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

    private double Enlargement(int step) =>
        1 + ((_settings.Enlargement - 1) * Math.Max(0, 1 - (step / (_settings.EnlargedPart * _settings.Steps))));

    private Tensor RandomCodes(float[] theta, int step)
    {
        using var recording = new NoGrad();
        for (var i = 0; i < _settings.Images; i++)
        {
            var random = new CounterRandom(_settings.Seed, RandomPurpose.SceneWindow, step, i);
            var room = Math.Max(0, 1 - Math.Abs(theta[3 * i])) + Beyond;
            theta[(3 * i) + 1] = (float)random.Uniform(-room, room);
            theta[(3 * i) + 2] = (float)random.Uniform(-room, room);
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
