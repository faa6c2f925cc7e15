namespace Stn.Experiments.Benchmarks;

/// <summary>What a worker is asked: one line of JSON. <c>benchmarks/peers/step.py</c> answers the same.</summary>
/// <param name="Command"><c>load</c>, <c>prepare</c> or <c>time</c>.</param>
internal sealed record StepRequest(string Command)
{
    /// <summary>To load: the network's name.</summary>
    public string? Network { get; init; }

    /// <summary>To load: the side of the images.</summary>
    public int? Canvas { get; init; }

    /// <summary>To load: the classifier's width.</summary>
    public int? Width { get; init; }

    /// <summary>To load: a safetensors file with the weights.</summary>
    public string? Weights { get; init; }

    /// <summary>To load: a safetensors file with images and labels.</summary>
    public string? Data { get; init; }

    /// <summary>To load: Adam's rate.</summary>
    public double? Rate { get; init; }

    /// <summary>To prepare and to time: one of <see cref="StepPhase"/>.</summary>
    public string? Phase { get; init; }

    /// <summary>To prepare and to time: the images of a call.</summary>
    public int? Batch { get; init; }

    /// <summary>To prepare: how long each form is tried where there is a choice.</summary>
    public double? Seconds { get; init; }

    /// <summary>To time: the number of calls.</summary>
    public int? Calls { get; init; }
}

/// <summary>What a worker answers.</summary>
internal sealed record StepAnswer
{
    /// <summary>Prepared: the first logits, or the losses of some steps, which must agree on both sides.</summary>
    public double[]? Values { get; init; }

    /// <summary>Prepared: how the worker computes it, where it had a choice.</summary>
    public string? Form { get; init; }

    /// <summary>Prepared for training: the bytes by which the steps raised the largest resident memory.</summary>
    public long? Memory { get; init; }

    /// <summary>Timed: the seconds of all calls together.</summary>
    public double? Seconds { get; init; }
}

/// <summary>How a worker introduces itself.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Version">Its version.</param>
/// <param name="Threads">The threads of one operator.</param>
/// <param name="Blas">The libraries for linear algebra that it has mapped.</param>
public sealed record StepWorkerIdentity(string Name, string Version, int Threads, IReadOnlyList<string> Blas);

/// <summary>What is timed.</summary>
internal static class StepPhase
{
    /// <summary>A training step: forward, cross-entropy, backward, Adam.</summary>
    public const string Train = "train";

    /// <summary>The logits of a batch.</summary>
    public const string Inference = "inference";

    /// <summary>Of the phase's step, the warp alone; for training with the gradient of θ.</summary>
    public static string Warp(string phase) => phase + "-warp";

    /// <summary>Of the phase's step, the localisation network alone; for training with the gradients of its weights.</summary>
    public static string Localisation(string phase) => phase + "-localisation";
}
