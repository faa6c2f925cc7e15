using Spectre.Console;
using Stn.Experiments.Training;

namespace Stn.Cli.Console;

/// <summary>Chooses how a run is shown: a live bar in a terminal, lines elsewhere. Always on standard error, so that results stay alone on standard output.</summary>
internal static class Live
{
    internal static T Watch<T>(Func<ITrainingProgress, T> work)
    {
        if (System.Console.IsErrorRedirected)
            return work(new PlainProgress(System.Console.Error));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        return console.Progress().AutoRefresh(true).Columns(TerminalProgress.Columns)
            .Start(context => work(new TerminalProgress(console, context)));
    }
}
