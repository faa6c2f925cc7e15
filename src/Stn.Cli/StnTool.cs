using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Stn.Cli.Commands;
using Stn.Data;
using Stn.Experiments.Training;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Cli;

/// <summary>The command <c>stn</c>: parses, runs, and turns what went wrong into a line and an exit code.</summary>
public static class StnTool
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The work failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Runs the tool.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args) => Run(args, CommonOptions.FindMnist);

    /// <summary>Runs the tool on digits from elsewhere.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="digits">MNIST, from the folder that --data names or from where it usually is.</param>
    internal static int Run(string[] args, Func<string?, Mnist> digits)
    {
        var parsed = Root(digits).Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                System.Console.Error.WriteLine($"stn: {error.Message}");
            System.Console.Error.WriteLine("Try 'stn --help', or 'stn <command> --help'.");
            return Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (ArgumentException error)
        {
            System.Console.Error.WriteLine($"stn: {WithoutParameterName(error)}");
            return Usage;
        }
        catch (Exception error) when (IsExpected(error))
        {
            System.Console.Error.WriteLine($"stn: {error.Message}");
            return Failure;
        }
    }

    // Not a RootCommand, whose name in every usage line is that of the program's file, Stn.Cli.
    private static Command Root(Func<string?, Mnist> digits)
    {
        var root = new Command("stn", "Spatial transformer networks: train them, look at them, use them.\n\nStart with: stn demo") { new HelpOption(), new VersionOption() };
        root.Subcommands.Add(DemoCommand.Create(digits));
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(TrainCommand.Create(digits));
        root.Subcommands.Add(SweepCommand.Create(digits));
        root.Subcommands.Add(EvalCommand.Create(digits));
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(TableCommand.Create());
        root.Subcommands.Add(WarpCommand.Create());
        root.Subcommands.Add(FigureCommand.Create(digits));
        root.Subcommands.Add(DataCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(BenchCommand.Create(digits));
        root.Subcommands.Add(DoctorCommand.Create());
        return root;
    }

    /// <summary>Whether an error is told in a line: what users, files and machines do, alone or as the cause of a batch that could not be made.</summary>
    internal static bool IsExpected(Exception error) =>
        (error is InvalidOperationException { InnerException: { } cause } && IsExpected(cause)) || error is TorchException or DllNotFoundException or TrainingException or DataUnavailableException or DataFormatException or TensorFileException
            or IOException or UnauthorizedAccessException or InvalidDataException;

    // .NET appends the name of a method's parameter, and the value on a line of its own.
    private static string WithoutParameterName(ArgumentException error)
    {
        var text = error.ParamName is { } name ? error.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : error.Message;
        return error is ArgumentOutOfRangeException { ActualValue: { } value }
            ? text.Replace($"{Environment.NewLine}Actual value was {value}.", string.Create(CultureInfo.InvariantCulture, $" (got {value})"), StringComparison.Ordinal)
            : text;
    }
}
