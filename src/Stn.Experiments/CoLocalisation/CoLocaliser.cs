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
/// <para><b>Choices.</b> A random window has the scale of the image's own, and its centre is uniform over the places where it lies inside the
/// image. In the first steps the transformer goes where equation (8) is least among random windows (<see cref="WindowSearch"/>), in the
/// others down the gradient of equation (8) through the sampler. Gradients of a pair (n, m) reach I_nᵀ; I_mᵀ is what it is compared with.</para>
/// </remarks>
public sealed class CoLocaliser : IDisposable
{
    private const int StepsPerRound = 5;
    private readonly CoLocalisationSettings _settings;
    private readonly DigitEncoder _encoder;
    private readonly Module _localisation;
    private readonly SpatialTransformer _transformer;
    private readonly Adam _optimiser;
    private readonly Parameter _images;
    private readonly WindowSearch _search;
    private readonly Parameter _goals;

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
        _localisation = Localisation(settings.StartScale, settings.ScaleRange);
        _transformer = new SpatialTransformer(_localisation, new AttentionTransformation(), output: DigitEncoder.Size);
        _optimiser = new Adam([ParameterGroup.Of(_transformer)]);
        _images = new Parameter(Images(scenes), learned: false);
        _search = new WindowSearch(scenes.Count, settings, CodesOf);
        _goals = new Parameter(Tensor.Zeros([scenes.Count, 2]), learned: false);
    }

    /// <summary>
    /// The paper's network: convolution 9×9×8 with stride 4, largest of 2×2, two layers of 8 units, θ; ReLU between: 5,947 parameters. Its
    /// weights start uniform over ±√(6/inputs) as He et al. advise for ReLU, its biases at zero.
    /// </summary>
    /// <param name="startScale">The first scale; the first window lies in the middle.</param>
    /// <param name="scaleRange">How far the scale may move, as a part of the first.</param>
    public static Module Localisation(double startScale, double scaleRange)
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
            ("window", new BoundedWindow(startScale, scaleRange)));
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
    /// <param name="number">Its number, from 0; all before have been made.</param>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public void Step(int number)
    {
        using var scope = new TensorScope();
        var theta = _localisation.Forward(_images.Value, Pass.Training);
        var loss = number < _settings.SearchSteps ? Functional.MeanSquaredError(theta.Narrow(1, 1, 2), Goals(number)) : Loss(theta, number);
        var value = loss.Item<float>();
        if (!float.IsFinite(value))
            throw new TrainingException($"the loss of {_settings.Name} is {value} at step {number + 1}; try a lower rate than {_settings.Rate}");
        _optimiser.ZeroGrad();
        loss.Backward();
        _optimiser.Step(_settings.Rate * (1 + Math.Cos(Math.PI * number / _settings.Steps)) / 2);
    }

    /// <summary>Equation (8), a mean over all pairs, of the windows at present.</summary>
    /// <param name="number">Decides the random windows.</param>
    public double Loss(int number)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        return Loss(_localisation.Forward(_images.Value), number).Item<float>();
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
        _search.Dispose();
        _goals.Dispose();
    }

    private Tensor Loss(Tensor theta, int step)
    {
        var found = _encoder.Forward(_transformer.Warp(_images.Value, theta));
        return Loss(found, found.Detach(), RandomCodes(theta.Detach().ToArray<float>(), step), _settings.Margin);
    }

    // Where the search is at this step.
    private Tensor Goals(int step)
    {
        var (first, last) = (_settings.FirstSharpness, _settings.LastSharpness);
        if (step % StepsPerRound == 0)
            _goals.Value.CopyFrom(_search.Round(first * Math.Pow(last / first, (double)step / _settings.SearchSteps)));
        return _goals.Value;
    }

    private Tensor CodesOf(int image, Tensor theta) => _encoder.Forward(_transformer.Warp(
        _images.Value.Narrow(0, image, 1).Expand(theta.Size(0), 1, DigitScenes.Canvas.Height, DigitScenes.Canvas.Width), theta));

    private Tensor RandomCodes(float[] theta, int step)
    {
        using var recording = new NoGrad();
        for (var i = 0; i < _settings.Images; i++)
        {
            var random = new CounterRandom(_settings.Seed, RandomPurpose.SceneWindow, step, i);
            var room = 1 - Math.Abs(theta[3 * i]);
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
