using Stn.Checks.Checks;
using Stn.Checks.Results;

namespace Stn.Checks.Tests;

public sealed class CanaryTests
{
    [Fact]
    public void No_kernel_leaves_its_buffers() =>
        Assert.All(InsideBuffers.Run(6_000, seed: 5), result => Assert.True(result.Outcome == Outcome.Passed, result.Detail));

    [Fact]
    public void Memory_that_was_left_alone_is_whole() => Assert.Empty(Run((_, output) => output.Fill(1)));

    [Fact]
    public void A_write_before_or_behind_a_buffer_is_found()
    {
        Assert.NotEmpty(Run((_, output) => Beyond(output, -1) = 2));
        Assert.NotEmpty(Run((_, output) => Beyond(output, output.Length) = 2));
    }

    [Fact]
    public void A_changed_input_is_found() => Assert.NotEmpty(Run((memory, _) => memory[0][2] = 7));

    [Fact]
    public void A_value_that_was_read_from_outside_or_never_written_is_found()
    {
        Assert.NotEmpty(Run((memory, output) => output[3] = Beyond(memory[0], memory[0].Length)));
        Assert.NotEmpty(Run((_, output) => output[3] = float.NaN));
    }

    private static ref float Beyond(Span<float> buffer, int index) =>
        ref System.Runtime.CompilerServices.Unsafe.Add(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(buffer), index);

    private static Difference[] Run(Work work)
    {
        var memory = new CanaryMemory(new Random(1));
        memory.Add(10, index => index);
        memory.Add(6, _ => 0);
        memory.Seal(inputs: 1);
        memory[1].Fill(1);
        work(memory, memory[1]);
        return [.. memory.Damage("test")];
    }

    private delegate void Work(CanaryMemory memory, Span<float> output);
}
