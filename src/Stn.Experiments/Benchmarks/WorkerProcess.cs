using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Stn.Experiments.Runs;

namespace Stn.Experiments.Benchmarks;

/// <summary>How a worker is started.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables that it gets besides ours; a null value takes one away.</param>
/// <param name="Advice">What to do where it does not run.</param>
public sealed record WorkerStart(
    string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Environment, string Advice = "");

/// <summary>A child process that answers one line of JSON with another; it ends when this is disposed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly WorkerStart _start;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <exception cref="InvalidDataException">It does not start, or does not introduce itself.</exception>
    public WorkerProcess(WorkerStart start)
    {
        _start = start;
        var info = new ProcessStartInfo(start.File, start.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        try
        {
            _process = Process.Start(info)!;
        }
        catch (Win32Exception error)
        {
            throw new InvalidDataException($"{start.File} does not start: {error.Message}. {start.Advice}", error);
        }

        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        Identity = Read<StepWorkerIdentity>();
    }

    /// <summary>Who answers.</summary>
    public StepWorkerIdentity Identity { get; }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="InvalidDataException">The process has ended instead; the text holds what it said.</exception>
    public StepAnswer Ask(StepRequest request)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request, JsonStyle.Line));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has gone; reading says why.
        }

        return Read<StepAnswer>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private T Read<T>()
    {
        if (_process.StandardOutput.ReadLine() is { } line)
            return Parse<T>(line);
        _process.WaitForExit();
        lock (_errors)
            throw new InvalidDataException($"{_start.File} {string.Join(' ', _start.Arguments)} ended with {_process.ExitCode}: {_errors.ToString().Trim()}. {_start.Advice}");
    }

    private T Parse<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, JsonStyle.Line)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{_start.File} {string.Join(' ', _start.Arguments)} answers '{line}', which is no answer: {error.Message}", error);
        }
    }
}
