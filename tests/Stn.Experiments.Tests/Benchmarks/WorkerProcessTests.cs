using Stn.Experiments.Benchmarks;

namespace Stn.Experiments.Tests.Benchmarks;

public sealed class WorkerProcessTests
{
    private const string Hello = """echo '{"name":"shell","version":"1","threads":1,"blas":[]}'""";

    [Fact]
    public void It_answers_one_line_with_another()
    {
        using var worker = new WorkerProcess(Shell($$"""{{Hello}}; while read line; do echo '{"seconds":2.5}'; done"""));
        Assert.Equal("shell", worker.Identity.Name);
        Assert.Equal([2.5, 2.5], Enumerable.Range(0, 2).Select(_ => worker.Ask(new StepRequest("time")).Seconds!.Value));
    }

    [Fact]
    public void Its_last_words_and_the_advice_are_told_when_it_ends()
    {
        using var worker = new WorkerProcess(Shell($"{Hello}; read line; echo 'no module named torch' >&2; exit 3"));
        var error = Assert.Throws<InvalidDataException>(() => worker.Ask(new StepRequest("load")));
        Assert.Contains("ended with 3: no module named torch. install it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_answer_is_shown()
    {
        using var worker = new WorkerProcess(Shell($$"""{{Hello}}; read line; echo '{"values":[NaN]}'"""));
        Assert.Contains("""answers '{"values":[NaN]}'""", Assert.Throws<InvalidDataException>(() => worker.Ask(new StepRequest("prepare"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named() =>
        Assert.Contains("/no/such/program does not start", Assert.Throws<InvalidDataException>(
            () => new WorkerProcess(Shell(string.Empty) with { File = "/no/such/program" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Variables_are_given_and_taken_away()
    {
        var start = Shell("""echo "{\"name\":\"$GIVEN\",\"version\":\"${HOME-none}\",\"threads\":1,\"blas\":[]}"; read line""");
        using var worker = new WorkerProcess(start with { Environment = new Dictionary<string, string?> { ["GIVEN"] = "yes", ["HOME"] = null } });
        Assert.Equal(("yes", "none"), (worker.Identity.Name, worker.Identity.Version));
    }

    private static WorkerStart Shell(string script) => new("/bin/sh", ["-c", script], new Dictionary<string, string?>(), "install it");
}
