using Stn.Testing;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Optimisers;

public sealed class ScheduleTests
{
    private static readonly Tolerance Rounding = new(1e-15, 1e-12);
    private readonly IReadOnlyDictionary<string, HostTensor> _golden = GoldenFile.Read("training", "schedules.safetensors");

    [Fact]
    public void One_cycle_is_PyTorchs()
    {
        Follows("one_cycle", new Schedule.OneCycle(0.1, 100));
        Follows("one_cycle_short", new Schedule.OneCycle(0.1, 7));
        Follows("one_cycle_warm", new Schedule.OneCycle(0.02, 50, WarmUp: 0.1));
    }

    [Fact]
    public void Steps_are_PyTorchs() => Follows("steps", new Schedule.Steps(0.1, 10));

    [Fact]
    public void A_constant_stays() => Assert.Equal((0.5, 0.5), (new Schedule.Constant(0.5).At(0), new Schedule.Constant(0.5).At(1_000_000)));

    [Fact]
    public void One_cycle_stays_low_after_its_end_and_survives_short_runs()
    {
        var end = 0.1 / 25 / 1e4;
        Assert.Equal(end, new Schedule.OneCycle(0.1, 100).At(1000), 1e-12);
        for (var total = 1; total < 6; total++)
        {
            for (var step = 0; step < total; step++)
                Assert.InRange(new Schedule.OneCycle(0.1, total).At(step), end * 0.999, 0.1);
        }
    }

    private void Follows(string golden, Schedule schedule)
    {
        using var scope = new TensorScope();
        var expected = Tensor.From(_golden[golden]).ToArray<double>();
        AssertClose.Values(expected, [.. expected.Select((_, step) => schedule.At(step))], Rounding);
    }
}
