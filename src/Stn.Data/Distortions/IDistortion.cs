using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>A random distortion of an image into a canvas. Values, not state: safe to use from several threads.</summary>
public interface IDistortion
{
    /// <summary>What it does, with its numbers, in a line: part of a run's manifest.</summary>
    string Description { get; }

    /// <summary>The size of the image that goes in.</summary>
    Plane Source { get; }

    /// <summary>The size of the image that comes out.</summary>
    Plane Canvas { get; }

    /// <summary>Distorts one image.</summary>
    /// <param name="digits">The images, of size <see cref="Source"/>; a distortion may take clutter from others than its own.</param>
    /// <param name="index">The image to distort.</param>
    /// <param name="random">The numbers that decide; nothing else does.</param>
    /// <param name="canvas">Pixels of size <see cref="Canvas"/>, written in full.</param>
    /// <returns>The pose that was applied; null where a similarity transformation does not describe it.</returns>
    Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas);
}
