using Stn.Data;
using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;
using Stn.Torch;

namespace Stn.Experiments.Tests.Evaluations;

/// <summary>Images of one grey each, drawn as they are; the pose tells which image it is.</summary>
internal sealed class Unchanged : IDistortion
{
    public string Description => "unchanged";

    public Plane Source => new(4, 4);

    public Plane Canvas => new(4, 4);

    public static DistortedSet Greys(IReadOnlyList<byte> greys, byte[] labels) =>
        DistortedSet.Test(new LabelledImages(new Plane(4, 4), greys.SelectMany(g => Enumerable.Repeat(g, 16)).ToArray(), labels), new Unchanged());

    public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas)
    {
        digits.Image(index).CopyTo(canvas);
        return new Pose(digits.Image(index)[0], 1, 0, 0);
    }
}

/// <summary>Gives for an image of one grey the row of numbers that a function says.</summary>
internal sealed class GreyNetwork(int width, Func<int, float[]> row) : Module
{
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var pixels = input.ToArray<float>();
        var count = (int)input.Size(0);
        var rows = Enumerable.Range(0, count).SelectMany(i => row((int)Math.Round(pixels[(i * 16) + 5] * 255))).ToArray();
        return Tensor.From(rows, count, width);
    }
}
