using Stn.Data.Randomness;
using Stn.Torch;

namespace Stn.Experiments.CoLocalisation;

/// <summary>
/// Which of many random windows of each image are alike: each has the loss that equation (8) gives it in the transformer's place, and those
/// of less loss get more weight, round by round and more sharply, until one remains.
/// </summary>
/// <remarks>
/// <para>A step of gradient descent on equation (8) moves a window by what it sees; where nothing of the digit is in it, that leads nowhere.
/// Random windows see the digit somewhere.</para>
/// <para>The loss of window k of image n is the mean of |e_nk − e_m|² − |e_nk − e_nʳᵃⁿᵈ|² over the windows of the other images m by their
/// weights, with mean code μ, and over all random windows of the image itself, with mean code ρ_n. But for what does not depend on k it is
/// −2·e_nk·(μ − ρ_n).</para>
/// </remarks>
internal sealed class WindowSearch : IDisposable
{
    private readonly Parameter _codes; // (N, W, codes)
    private readonly Parameter _random; // ρ, (N, 1, codes)
    private readonly Parameter _places; // (N, W, 2)
    private readonly Parameter _weights; // (N, 1, W)

    /// <param name="images">How many there are.</param>
    /// <param name="settings">How many windows, how large.</param>
    /// <param name="codesOf">The codes of an image's windows, by its number and θ, (W, 3).</param>
    internal WindowSearch(int images, CoLocalisationSettings settings, Func<int, Tensor, Tensor> codesOf)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var (count, room) = (settings.Windows, 1 - settings.StartScale);
        var (codes, places) = (new List<Tensor>(), new float[images * count * 2]);
        for (var n = 0; n < images; n++)
        {
            var (random, theta) = (new CounterRandom(settings.Seed, RandomPurpose.SceneWindow, -1, n), new float[3 * count]);
            for (var k = 0; k < count; k++)
            {
                var (x, y) = ((float)random.Uniform(-room, room), (float)random.Uniform(-room, room));
                (theta[3 * k], theta[(3 * k) + 1], theta[(3 * k) + 2]) = ((float)settings.StartScale, x, y);
                (places[2 * ((n * count) + k)], places[(2 * ((n * count) + k)) + 1]) = (x, y);
            }

            using var one = new TensorScope();
            codes.Add(one.Keep(codesOf(n, Tensor.From(theta, count, 3))));
        }

        _codes = new Parameter(Tensor.Stack([.. codes], 0), learned: false);
        _random = new Parameter(_codes.Value.Mean([1], keep: true), learned: false);
        _places = new Parameter(Tensor.From(places, images, count, 2), learned: false);
        _weights = new Parameter(Tensor.Zeros([images, 1, count]) + (1.0 / count), learned: false);
    }

    /// <summary>Weighs the windows anew, and tells where their weight lies.</summary>
    /// <param name="sharpness">What losses, with a deviation of 1 over an image's windows, are multiplied by.</param>
    /// <returns>The weighted means of the centres, (N, 2), normalised.</returns>
    internal Tensor Round(double sharpness)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        var own = _weights.Value.MatMul(_codes.Value); // (N, 1, codes)
        var others = (own.Sum([0], keep: true) - own) / (own.Size(0) - 1);
        var likeness = _codes.Value.MatMul((others - _random.Value).Transpose(1, 2)).Transpose(1, 2); // (N, 1, W)
        var centred = likeness - likeness.Mean([2], keep: true);
        var deviation = ((centred * centred).Mean([2], keep: true) + 1e-12).Sqrt();
        _weights.Value.CopyFrom((centred / deviation * sharpness).Softmax(2));
        return scope.Keep(_weights.Value.MatMul(_places.Value).Reshape([own.Size(0), 2]));
    }

    /// <summary>Frees what it holds.</summary>
    public void Dispose()
    {
        foreach (var each in new[] { _codes, _random, _places, _weights })
            each.Dispose();
    }
}
