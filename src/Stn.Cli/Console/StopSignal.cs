using System.Runtime.InteropServices;

namespace Stn.Cli.Console;

/// <summary>SIGINT (Ctrl-C) and SIGTERM as a flag: the loop saves and leaves at its next step. A second signal ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _requested;

    internal StopSignal() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    internal bool IsRequested => _requested;

    /// <summary>Says, on standard error, how to go on with a run that was stopped.</summary>
    internal static void Explain(long steps, string folder) =>
        System.Console.Error.WriteLine($"stopped at step {steps} and saved; go on with: stn train --resume {ForShell(folder)}");

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    internal static string ForShell(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:@%".Contains(c, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // Runs while operators may be at work on other threads: it only sets a flag.
    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !_requested;
        _requested = true;
    }
}
