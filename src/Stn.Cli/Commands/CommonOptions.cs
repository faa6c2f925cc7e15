using System.CommandLine;
using Stn.Data;
using Stn.Data.Numbers;
using Stn.Data.Sources;
using Stn.Experiments.Results;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal sealed class CommonOptions
{
    private readonly Func<string?, Mnist> _digits;

    /// <param name="digits">MNIST, from the folder that --data names or from where it usually is.</param>
    internal CommonOptions(Func<string?, Mnist>? digits = null) => _digits = digits ?? FindMnist;

    internal Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document on standard output, and nothing else there" };

    internal Option<ulong?> Seed { get; } = new("--seed") { Description = "Weights, order and distortions follow from it (default 1)" };

    internal Option<int> Threads { get; } = new("--threads") { Description = "Threads of one operator (default: all processors)" };

    internal Option<string> Device { get; } = new("--device") { Description = "cpu, cuda or cuda:1 (default cpu)" };

    internal Option<string> Data { get; } = new("--data") { Description = "A folder with MNIST's four IDX files (default: data/mnist, fetched when missing); of svhn, its archives; of cub, the folder CUB_200_2011; of folder/… experiments, your pictures" };

    /// <summary>Sets the number of threads, where it was given.</summary>
    internal void ApplyThreads(ParseResult parsed)
    {
        if (parsed.GetResult(Threads) is not null)
            TorchRuntime.Threads = ThreadCount(parsed);
    }

    /// <summary>The number of threads that was given; all processors otherwise.</summary>
    internal int ThreadCount(ParseResult parsed)
    {
        if (parsed.GetResult(Threads) is null)
            return Environment.ProcessorCount;
        var threads = parsed.GetValue(Threads);
        return threads >= 1 ? threads : throw new ArgumentException($"--threads must be 1 or more, got {threads}");
    }

    /// <summary>Where data come from: from where the user says, or found or fetched.</summary>
    internal DataSources Sources(ParseResult parsed) => new(() => _digits(parsed.GetValue(Data)))
    {
        Report = text => System.Console.Error.WriteLine(text),
        SvhnSource = Svhn(parsed.GetValue(Data)),
        BirdFolder = Birds(parsed.GetValue(Data)),
    };

    /// <summary>MNIST from a folder, or found or fetched.</summary>
    internal static Mnist FindMnist(string? folder) => Source(folder).LoadAsync().GetAwaiter().GetResult();

    /// <summary>The source of MNIST; what it does is told on standard error.</summary>
    internal static MnistSource Source(string? folder) =>
        new(Path.Combine(Home(), "data", "mnist")) { Folder = folder, Report = text => System.Console.Error.WriteLine(text) };

    /// <summary>The source of the Street View House Numbers.</summary>
    internal static SvhnSource Svhn(string? folder) =>
        new(Path.Combine(Home(), "data", "svhn")) { Folder = folder, Report = text => System.Console.Error.WriteLine(text) };

    /// <summary>The folder of CUB-200-2011: the one that the user names, or where it usually is.</summary>
    internal static string Birds(string? folder) => folder ?? Path.Combine(Home(), "data", "cub");

    /// <summary>The folder that runs lie in where no other is named.</summary>
    internal static string Runs() => Path.Combine(Home(), "runs");

    /// <summary>The records.</summary>
    internal static ResultFiles Results() => new(Path.Combine(Home(), ResultFiles.FolderName));

    /// <summary>The folder that data/, runs/ and results/ lie in: the repository's where ./stn says so, else the current one.</summary>
    internal static string Home() => Environment.GetEnvironmentVariable("STN_HOME") is { Length: > 0 } home ? home : Environment.CurrentDirectory;
}
