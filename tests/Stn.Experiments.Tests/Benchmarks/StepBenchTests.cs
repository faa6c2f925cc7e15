using Stn.Experiments.Benchmarks;
using Stn.Testing;

namespace Stn.Experiments.Tests.Benchmarks;

public sealed class StepBenchTests
{
    private const string Hello = """echo '{"name":"Stn","version":"1","threads":1,"blas":[]}'""";

    [FactWithPyTorch]
    public void A_side_that_computes_something_else_is_not_timed()
    {
        var bench = Bench($$"""{{Hello}}; read load; echo '{}'; read prepare; echo '{"values":[2.3,2.3,2.3,2.3,2.9]}'; read time""");
        var error = Assert.Throws<InvalidDataException>(() => bench.MeasureTraining("fcn", 28, 2));
        Assert.Contains("fcn at 28×28, train: value", error.Message, StringComparison.Ordinal);
        Assert.Contains("this is not the same network, and is not timed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_that_does_not_start_is_told_and_the_others_are_ended() =>
        Assert.Contains("ended with 7: out of order", Assert.Throws<InvalidDataException>(
            () => Bench("echo 'out of order' >&2; exit 7").MeasureTraining("fcn", 28, 2)).Message, StringComparison.Ordinal);

    private static StepBench Bench(string script) => new(
        new StepSides(new WorkerStart("/bin/sh", ["-c", script], new Dictionary<string, string?>()), Threads: 1, WithTuned: false),
        new ProcessorPeak(100, 50), seconds: 0.01);
}
