namespace Stn.Experiments.Benchmarks;

/// <summary>A network at a canvas, a batch and a phase, in milliseconds a call, median.</summary>
public sealed record StepRow
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The side of the images.</summary>
    public required int Canvas { get; init; }

    /// <summary>Images in a call.</summary>
    public required int Batch { get; init; }

    /// <summary><c>train</c> or <c>inference</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>Ours.</summary>
    public required double StnMs { get; init; }

    /// <summary>PyTorch's, as people write it.</summary>
    public required double PytorchMs { get; init; }

    /// <summary>PyTorch's with its own best settings; null where it was not asked for.</summary>
    public double? PytorchTunedMs { get; init; }

    /// <summary>Which form was the fastest there.</summary>
    public string? PytorchTunedForm { get; init; }

    /// <summary>How many times as fast ours is as PyTorch as people write it.</summary>
    public double Ratio => PytorchMs / StnMs;

    /// <summary>How many times as fast ours is as PyTorch with its best settings.</summary>
    public double? RatioTuned => PytorchTunedMs / StnMs;

    /// <summary>Our images a second.</summary>
    public double StnImagesPerSecond => 1e3 * Batch / StnMs;

    /// <summary>PyTorch's images a second, as people write it.</summary>
    public double PytorchImagesPerSecond => 1e3 * Batch / PytorchMs;

    /// <summary>Multiplications of an image, each with an addition: those of convolutions and linear layers, for training with both gradients; null where they are not counted.</summary>
    public required long? MultiplyAdds { get; init; }

    /// <summary>Our thousand million operations a second, two for a multiplication with its addition.</summary>
    public double? StnGflops => 2e-6 * MultiplyAdds * Batch / StnMs;

    /// <summary>PyTorch's, as people write it.</summary>
    public double? PytorchGflops => 2e-6 * MultiplyAdds * Batch / PytorchMs;

    /// <summary>Ours as a share of the processor's measured peak.</summary>
    public required double? StnPeakShare { get; init; }

    /// <summary>The share of our step that grid and sampler take, timed alone; null without a transformer.</summary>
    public double? TransformerShare { get; init; }

    /// <summary>The share of our step that the localisation network takes, timed alone.</summary>
    public double? LocalisationShare { get; init; }

    /// <summary>What the first steps added to our process's largest resident memory, in 10⁶ bytes; null for inference.</summary>
    public double? StnPeakMb { get; init; }

    /// <summary>What they added to PyTorch's, as people write it.</summary>
    public double? PytorchPeakMb { get; init; }
}
