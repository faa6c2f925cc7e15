using Stn.Checks.Results;

namespace Stn.Checks.Checks;

/// <summary>
/// Nothing outside its buffers is read or written by a kernel: random shapes and grids, every buffer between two canaries of NaN. A value
/// from outside that counts would put a NaN into V or a gradient; what is written outside changes a canary.
/// </summary>
public static class InsideBuffers
{
    /// <summary>The check's name.</summary>
    public const string Name = "buffers";

    /// <summary>Runs each kernel, forward and backward, on its share of shapes.</summary>
    /// <param name="shapes">How many in all.</param>
    /// <param name="seed">The shapes and numbers follow from it.</param>
    public static IEnumerable<CheckResult> Run(int shapes, int seed)
    {
        foreach (var call in SpanCall.All)
        {
            var (random, share) = (new Random(seed), shapes / SpanCall.All.Count);
            var found = Enumerable.Range(0, share).SelectMany(_ => On(call, random)).Take(10).ToArray();
            yield return CheckResult.Of(($"{call.Name}/any", "buffers", Name, $"{share} random shapes and grids"), found);
        }
    }

    private static Difference[] On(SpanCall call, Random random)
    {
        var shape = SpanShape.Draw(random, call.IsVolume);
        var (images, output) = (shape.Channels * shape.Count * shape.Source.Length, shape.Channels * shape.Count * shape.Target.Length);
        var parameters = shape.Count * call.Parameters(shape);
        var memory = new CanaryMemory(random);
        memory.Add(images, Normal);
        memory.Add(parameters, index => call.Parameter(random, index % Math.Max(1, call.Parameters(shape))));
        memory.Add(call.BasisLength(shape), Normal);
        memory.Add(output, Normal);
        memory.Add(output, _ => 0);
        memory.Add(images, _ => 0);
        memory.Add(parameters, _ => 0);
        memory.Add(call.BasisLength(shape), _ => 0);
        memory.Seal(inputs: 4);
        call.Forward(shape, memory);
        call.Backward(shape, memory);
        return [.. memory.Damage($"{call.Name} {shape}")];

        float Normal(int index) => (float)((random.NextDouble() - 0.5) * 4);
    }
}
