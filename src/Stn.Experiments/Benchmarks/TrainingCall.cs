using Stn.Experiments.Training;
using Stn.Torch;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Benchmarks;

/// <summary>What a step of the training loop is, without its log: forward, cross-entropy, backward, optimiser.</summary>
internal sealed class TrainingCall : IDisposable
{
    private readonly Module _network;
    private readonly double _rate;
    private readonly Optimiser _optimiser;

    /// <summary>With Adam.</summary>
    /// <param name="network">Owned from now on.</param>
    /// <param name="rate">Adam's.</param>
    public TrainingCall(Module network, double rate)
        : this(network, new Adam(LocalisationGroups.Split(network, 1)), rate)
    {
    }

    /// <param name="network">Owned from now on.</param>
    /// <param name="optimiser">Of its parameters; owned from now on.</param>
    /// <param name="rate">The optimiser's.</param>
    public TrainingCall(Module network, Optimiser optimiser, double rate) =>
        (_network, _optimiser, _rate) = (network, optimiser, rate);

    /// <summary>The numbers that the network learns.</summary>
    public long Parameters => _network.CountLearned();

    /// <summary>Makes a step and returns the loss before it.</summary>
    public double Step(Tensor images, Tensor labels)
    {
        using var scope = new TensorScope();
        var loss = Classification.Loss(_network.Forward(images, Pass.Training), labels);
        var value = loss.Item<float>();
        _optimiser.ZeroGrad();
        loss.Backward();
        _optimiser.Step(_rate);
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimiser.Dispose();
        _network.Dispose();
    }
}
