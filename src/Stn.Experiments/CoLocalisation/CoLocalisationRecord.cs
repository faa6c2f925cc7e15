using System.Text.Json.Serialization;
using Stn.Experiments.Results;

namespace Stn.Experiments.CoLocalisation;

/// <summary>What one co-localisation came to, and all that it takes to repeat it: a file of <c>results/coloc-…/</c>.</summary>
public sealed record CoLocalisationRecord
{
    /// <summary>The experiment's name: <c>coloc-tc/7</c>.</summary>
    public required string Experiment { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Images in which the window has an intersection over union above 0.5 with the digit's 28×28 frame, in percent.</summary>
    public required double Correct { get; init; }

    /// <summary>The same with the smallest box around the digit's ink.</summary>
    public required double CorrectInk { get; init; }

    /// <summary>Equation (8) at the end.</summary>
    public required double Loss { get; init; }

    /// <summary>The run's time, without that of the encoder.</summary>
    public required double Minutes { get; init; }

    /// <summary>The command that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>The version with the commit that it was built from.</summary>
    public required string Stn { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string Libtorch { get; init; }

    /// <summary>The processor's name.</summary>
    public required string Processor { get; init; }

    /// <summary>The threads of one operator.</summary>
    public required int Threads { get; init; }

    /// <summary>SHA-256 of the encoder's weights.</summary>
    public required string Encoder { get; init; }

    /// <summary>SHA-256 of the images' pixels.</summary>
    public required string Scenes { get; init; }

    /// <summary>All settings.</summary>
    public required CoLocalisationSettings Settings { get; init; }

    /// <summary>The images in which the digit was not found.</summary>
    [JsonConverter(typeof(IndexListConverter))]
    public required IReadOnlyList<int> Missed { get; init; }

    /// <summary>How it went.</summary>
    public required IReadOnlyList<CoLocalisationFrame> Log { get; init; }
}

/// <summary>A moment of a co-localisation.</summary>
/// <param name="Step">Steps made.</param>
/// <param name="Loss">Equation (8).</param>
/// <param name="Correct">Images with the digit found, in percent; nothing learns from it.</param>
/// <param name="Boxes">The windows of the first images, in pixels: left, top, right, bottom.</param>
public sealed record CoLocalisationFrame(int Step, double Loss, double Correct, IReadOnlyList<double[]> Boxes);
