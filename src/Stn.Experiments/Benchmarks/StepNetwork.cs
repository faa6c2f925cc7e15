using Stn.Experiments.Birds;
using Stn.Experiments.Networks;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>A network that <c>stn bench step</c> times: one of digits on any canvas, or the small one with windows on birds.</summary>
/// <param name="Name">Its name: <c>st-cnn-aff</c>, or an experiment's.</param>
/// <param name="Images">Canvas, channels and classes.</param>
/// <param name="Width">Of digits the classifier's width; 0 for others.</param>
/// <param name="Create">Makes it with fresh weights.</param>
internal sealed record StepNetwork(string Name, DigitImages Images, int Width, Func<Module> Create)
{
    /// <summary>The bird experiment that has a counterpart in PyTorch.</summary>
    public const string Birds = BirdExperiments.SmallName + "/2st-cnn-128";

    // Adam's first steps are as long for a gradient of rounding errors as for any other, and with batch norm there are such.
    private const double BirdRate = 1e-6;

    /// <summary>The multiplications of an image, each with an addition; null where they are not counted.</summary>
    public long? MultiplyAdds { get; private init; }

    /// <summary>The same of a training step.</summary>
    public long? TrainingMultiplyAdds { get; private init; }

    /// <summary>Adam's rate.</summary>
    public double Rate { get; private init; } = StepData.Rate;

    /// <summary>Whether one transformer stands at its front, whose parts can be timed alone.</summary>
    public bool HasOneTransformer { get; private init; }

    /// <summary>By its name.</summary>
    /// <param name="name">A digit network's, or <see cref="Birds"/>.</param>
    /// <param name="canvas">The side of the images; of birds, the experiment's own.</param>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static StepNetwork Of(string name, int canvas) =>
        name == Birds ? OfBirds() : Of(DigitNetworks.Of(name, new DigitImages(new Plane(canvas, canvas))));

    /// <summary>As a worker is asked to load it.</summary>
    public static StepNetwork Of(StepRequest load) => load.Network == Birds
        ? OfBirds()
        : Of(new DigitNetwork(DigitNetworks.Find(load.Network!), new DigitImages(new Plane(load.Canvas!.Value, load.Canvas.Value)), load.Width!.Value));

    /// <summary>A network of digits.</summary>
    public static StepNetwork Of(DigitNetwork network) => new(network.Kind.Name, network.Images, network.Width, network.Create)
    {
        MultiplyAdds = network.MultiplyAdds,
        TrainingMultiplyAdds = network.TrainingMultiplyAdds,
        HasOneTransformer = network.Kind.Transformation is not null,
    };

    // Without dropout: both sides must compute the same.
    private static StepNetwork OfBirds()
    {
        var network = BirdExperiments.NetworkOf(Birds) with { Dropout = 0 };
        return new StepNetwork(Birds, new DigitImages(new Plane(network.Size, network.Size), 3, network.Classes), 0, network.Create) { Rate = BirdRate };
    }
}
