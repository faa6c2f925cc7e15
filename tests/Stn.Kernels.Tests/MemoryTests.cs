using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>A call needs its inputs, its outputs, and scratch memory that does not grow with the batch.</summary>
public class MemoryTests
{
    private const int Many = 12;

    // A call's own few objects: 100 bytes an image would show. Code that is not optimised yet boxes numbers when it converts
    // them, so a call counts when the compiler is done with it.
    private const int Noise = 1024;

    public static TheoryData<Kind, Interpolation, int> Cases()
    {
        var cases = new TheoryData<Kind, Interpolation, int>();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            // One tile, and several.
            foreach (var side in new[] { 20, 110 })
            {
                cases.Add(kind, Interpolation.Linear, side);
                cases.Add(kind, Interpolation.Nearest, side);
                if (kind is not (Kind.Affine3D or Kind.Grid3D))
                    cases.Add(kind, Interpolation.Cubic, side);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scratch_does_not_grow_with_the_batch(Kind kind, Interpolation interpolation, int side)
    {
        var size = kind is Kind.Affine3D or Kind.Grid3D ? new Volume(side / 10, side / 3, side) : new Volume(1, side, side);
        var one = new Draws(1).Case<float>(
            new Setting(kind, 1, 2, size, size, new Sampling(interpolation, Padding.Border), AlignCorners.False), strange: false);
        var (many, small, large) = (Repeat(one, Many), (First: 0L, Again: 0L), (First: long.MaxValue, Again: long.MaxValue));
        for (var attempt = 0; attempt < 100 && !(large.First <= small.First + Noise && large.Again <= Noise); attempt++)
            (small, large) = (BytesOnANewThread(one), BytesOnANewThread(many));
        Assert.True(large.First <= small.First + Noise, $"scratch: {small.First} bytes for one image, {large.First} for {Many}");
        Assert.True(large.Again <= Noise, $"a later call: {large.Again} bytes for {Many} images");
    }

    // What a forward and a backward call allocate on a thread that has no scratch memory yet, and again when it has.
    private static (long First, long Again) BytesOnANewThread(WarpCase<float> c)
    {
        (long, long) bytes = default;
        var (output, gradients) = (new float[c.GradientOutput.Length], new Gradients<float>(
            new float[c.Images.Length], new float[c.Parameters.Length], new float[c.Basis.Length]));
        Call();   // compiles the code, on this thread
        var thread = new Thread(() => bytes = (Measure(), Measure()));
        thread.Start();
        thread.Join();
        return bytes;

        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Call();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Call()
        {
            WarpCalls.Forward<float>(c.Setting, c.Images, c.Parameters, c.Basis, output, 1);
            WarpCalls.Backward<float>(
                c.Setting, c.Images, c.Parameters, c.Basis, c.GradientOutput, gradients.Images, gradients.Parameters, gradients.Basis, 1);
        }
    }

    // The same image and transformation again and again: a tile's window, and so its scratch, is the same.
    private static WarpCase<float> Repeat(WarpCase<float> one, int count) => new(
        one.Setting with { Count = count }, Repeat(one.Images, count), Repeat(one.Parameters, count), one.Basis,
        Repeat(one.GradientOutput, count));

    private static float[] Repeat(float[] values, int count) => [.. Enumerable.Repeat(values, count).SelectMany(value => value)];
}
