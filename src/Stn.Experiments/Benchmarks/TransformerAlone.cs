using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>The parts of a network's spatial transformer by themselves, with the shapes and the θ of the network: for their share of a step.</summary>
internal sealed class TransformerAlone
{
    private readonly SpatialTransformerModule _transformer;
    private readonly Module _localisation;
    private readonly Tensor _images;
    private readonly Tensor _theta;
    private readonly Tensor _warped;

    /// <param name="network">A network with one transformer, at its front.</param>
    /// <param name="images">What the network sees.</param>
    /// <param name="own">Takes what is to be freed with the network.</param>
    public TransformerAlone(Module network, Tensor images, Func<Tensor, Tensor> own)
    {
        _transformer = network.Modules().Select(m => m.Module).OfType<SpatialTransformerModule>().Single();
        _localisation = _transformer.Parts.Single(part => part.Name == LocalisationGroups.Name).Part;
        _images = images;
        using var unrecorded = new NoGrad();
        _warped = own(_transformer.Forward(images, Pass.Inference, out var theta));
        _theta = own(theta).RequireGrad();
    }

    /// <summary>The call of a phase: <see cref="StepPhase.Warp"/> or <see cref="StepPhase.Localisation"/> of training or inference.</summary>
    public Action Of(string phase)
    {
        if (phase == StepPhase.Warp(StepPhase.Train))
            return Scoped(() => Autograd.Gradients([_transformer.Warp(_images, _theta)], [_theta], [_warped]));
        if (phase == StepPhase.Localisation(StepPhase.Train))
            return Scoped(() => Autograd.Gradients([_localisation.Forward(_images, Pass.Training)], Learned(), [_theta]));
        if (phase == StepPhase.Warp(StepPhase.Inference))
            return Unrecorded(() => _transformer.Warp(_images, _theta));
        if (phase == StepPhase.Localisation(StepPhase.Inference))
            return Unrecorded(() => _localisation.Forward(_images, Pass.Inference));
        throw new ArgumentException($"there is no phase '{phase}'", nameof(phase));
    }

    private Tensor[] Learned() => [.. _localisation.Parameters().Where(p => p.Parameter.IsLearned).Select(p => p.Parameter.Value)];

    private static Action Scoped(Action call) => () =>
    {
        using var scope = new TensorScope();
        call();
    };

    private static Action Unrecorded(Action call) => Scoped(() =>
    {
        using var recording = new NoGrad();
        call();
    });
}
