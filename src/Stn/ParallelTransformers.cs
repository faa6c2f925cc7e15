using Stn.Localisation;
using Stn.Torch;

namespace Stn;

/// <summary>
/// Any number of spatial transformers side by side on the same input (the paper's section 3.4): each looks at all of U and makes a V of
/// its own, and the outputs stand behind each other along the channels, V₀'s first.
/// </summary>
/// <remarks>
/// <para>Each transformer either has a localisation network of its own, <see cref="Separate"/>, or one network predicts the θ of all,
/// <see cref="Shared"/>. An observer of the <see cref="Pass"/> sees the θ of each under the name <see cref="SpatialTransformerModule.ThetaName"/>,
/// with the transformer of <see cref="Transformers"/> that it belongs to.</para>
/// <para>Transformers that start alike stay alike only where nothing tells them apart: the random weights of separate networks and of
/// the layers behind do. Where that is not enough let them start apart, at a θ of their own each (<see cref="StartingWindows"/>).</para>
/// </remarks>
/// <example>
/// <code>
/// var affine = new AffineTransformation();
/// var pair = ParallelTransformers.Separate(2, _ =&gt; new SpatialTransformer(LocalisationNetwork.FullyConnected(2, new Plane(42, 42), affine), affine));
/// var stacked = pair.Forward(images); // (N, 2, 42, 42) to (N, 4, 42, 42)
/// </code>
/// </example>
public sealed class ParallelTransformers : Module
{
    private Module? _shared;
    private readonly SpatialTransformerModule[] _transformers;

    private ParallelTransformers(Module? shared, SpatialTransformerModule[] transformers)
    {
        if (transformers.Length == 0)
            throw new ArgumentException("side by side there must be at least one transformer", nameof(transformers));
        (_shared, _transformers) = (shared, transformers);
    }

    /// <summary>The transformers, in the order of their outputs.</summary>
    public IReadOnlyList<SpatialTransformerModule> Transformers => _transformers;

    /// <summary>The shared localisation network, if there is one, as <c>localisation</c>; then the transformers as <c>0</c>, <c>1</c>, ….</summary>
    public override IReadOnlyList<(string Name, Module Part)> Parts =>
    [
        .. _shared is null ? [] : new (string, Module)[] { (LocalisationGroups.Name, _shared) },
        .. _transformers.Select((transformer, index) => ($"{index}", (Module)transformer)),
    ];

    /// <summary>The shared localisation network, and the transformers, which only others can replace.</summary>
    public override IReadOnlyList<PartSlot> Slots =>
    [
        .. _shared is null ? [] : new[] { new PartSlot(LocalisationGroups.Name, _shared, part => _shared = part) },
        .. _transformers.Select((transformer, index) => new PartSlot($"{index}", transformer, part => _transformers[index] = (SpatialTransformerModule)part)),
    ];

    /// <summary>Transformers with a localisation network each.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="transformer">Makes the transformer of an index, 0 … n − 1; of images or of volumes, all with outputs of one size.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    public static ParallelTransformers Separate(int count, Func<int, SpatialTransformerModule> transformer)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return new ParallelTransformers(null, [.. Enumerable.Range(0, Math.Max(0, count)).Select(transformer)]);
    }

    /// <summary>Transformers whose θ one network predicts: its output is (N, n·P), the θ of the first transformer first.</summary>
    /// <param name="localisation">
    /// Takes U, returns the θ of all, shape (N, n·P); <see cref="LocalisationNetwork.ThetaRegression(int, IReadOnlyList{double})"/> makes its last layer.
    /// </param>
    /// <param name="count">n, at least 1.</param>
    /// <param name="transformer">
    /// Makes the transformer of an index from the localisation network that it is handed, a placeholder: its θ comes from the shared one.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    public static ParallelTransformers Shared(Module localisation, int count, Func<int, Module, SpatialTransformerModule> transformer)
    {
        ArgumentNullException.ThrowIfNull(localisation);
        ArgumentNullException.ThrowIfNull(transformer);
        return new ParallelTransformers(
            localisation, [.. Enumerable.Range(0, Math.Max(0, count)).Select(index => transformer(index, new PredictedElsewhere()))]);
    }

    /// <summary>V₀, V₁, … from U, stacked along the channels.</summary>
    /// <param name="input">U, shape (N, C, H, W), of volumes (N, C, D, H, W).</param>
    /// <param name="pass">Training or inference.</param>
    /// <returns>Shape (N, n·C, h, w) or (N, n·C, d, h, w).</returns>
    /// <exception cref="ArgumentException">A shape does not fit; the shared network did not return (N, n·P).</exception>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(pass);
        // No scope of its own: the pass may keep what it makes of θ.
        var outputs = _shared is null
            ? Array.ConvertAll(_transformers, transformer => transformer.Forward(input, pass))
            : ForwardShared(_shared.Forward(input, pass), input, pass);
        var result = Tensor.Concatenate(outputs, 1);
        foreach (var output in outputs)
            output.Dispose();
        return result;
    }

    private Tensor[] ForwardShared(Tensor thetas, Tensor input, Pass pass)
    {
        var numbers = _transformers.Sum(transformer => transformer.Family.ParameterCount);
        if (thetas.Dimensions != 2 || thetas.Size(1) != numbers)
            throw new ArgumentException($"the localisation network shared by {_transformers.Length} transformers must return (N, {numbers}), got {thetas}");
        var outputs = new Tensor[_transformers.Length];
        for (var (i, start) = (0, 0); i < outputs.Length; i++)
        {
            var count = _transformers[i].Family.ParameterCount;
            using var part = thetas.Narrow(1, start, count);
            var theta = part.Contiguous();
            outputs[i] = _transformers[i].WarpBy(ref theta, input, pass);
            theta.Dispose(); // the graph holds what it needs of it
            start += count;
        }

        return outputs;
    }

    /// <summary>Stands where a transformer's own localisation network would be.</summary>
    private sealed class PredictedElsewhere : Module
    {
        public override Tensor Forward(Tensor input, Pass pass) =>
            throw new InvalidOperationException("this transformer's θ comes from the network that it shares with those beside it: run the ParallelTransformers that hold it");
    }
}
