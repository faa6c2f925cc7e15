using System.Text.Json;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Experiments.Benchmarks;

/// <summary>
/// Our side of <c>stn bench step</c>, a process of its own as PyTorch's is: answers each line of JSON with another until the input ends.
/// </summary>
public static class StepWorker
{
    /// <summary>Answers until the input ends.</summary>
    /// <param name="input">Requests.</param>
    /// <param name="output">Answers; the first line says who answers.</param>
    /// <param name="threads">The threads of one operator.</param>
    public static void Run(TextReader input, TextWriter output, int threads)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        TorchRuntime.Threads = threads;
        Write(output, new StepWorkerIdentity("Stn", RunManifest.BuildVersion, TorchRuntime.Threads, ProcessStatus.MappedBlas()));
        StepSubject? subject = null;
        while (input.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<StepRequest>(line, JsonStyle.Line)!;
            if (request.Command == "load")
            {
                subject?.Dispose();
                subject = new StepSubject(request);
            }

            Write(output, Answer(subject!, request));
        }

        subject?.Dispose();
    }

    private static StepAnswer Answer(StepSubject subject, StepRequest request) => request.Command switch
    {
        "load" => new StepAnswer(),
        "prepare" => subject.Prepare(request.Phase!, request.Batch!.Value),
        "time" => subject.Time(request.Phase!, request.Batch!.Value, request.Calls!.Value),
        _ => throw new ArgumentException($"there is no command '{request.Command}'", nameof(request)),
    };

    private static void Write<T>(TextWriter output, T value)
    {
        output.WriteLine(JsonSerializer.Serialize(value, JsonStyle.Line));
        output.Flush();
    }
}
