using System.Diagnostics;
using System.Text.Json;
using Stn.Experiments.Tests;

namespace Stn.Cli.Tests;

/// <summary>The command on 100 calculator digits instead of MNIST: in this process, or as a process of its own.</summary>
internal static class Tool
{
    /// <summary>Settings that make a run small: 6 steps an epoch.</summary>
    public static readonly string[] Small = ["--threads", "1", "--set", "batch=16", "--set", "log_every=4"];

    public static int OnGlyphs(string[] args) => StnTool.Run(args, _ => GlyphDigits.Mnist(100, 50));

    /// <summary>On digits that fill one batch of a protocol: a whole run takes seconds.</summary>
    public static int OnWholeBatch(string[] args) => StnTool.Run(args, _ => GlyphDigits.Mnist(256, 50));

    /// <summary>Runs it here.</summary>
    public static Outcome Run(params string[] args) => RunOn(OnGlyphs, args);

    /// <summary>Runs it here, as <see cref="OnWholeBatch"/>.</summary>
    public static Outcome RunWhole(params string[] args) => RunOn(OnWholeBatch, args);

    /// <summary>Runs another form of it here.</summary>
    public static Outcome RunOn(Func<string[], int> tool, string[] args)
    {
        var (output, error) = (System.Console.Out, System.Console.Error);
        using var capturedOutput = new StringWriter();
        using var capturedError = new StringWriter();
        System.Console.SetOut(capturedOutput);
        System.Console.SetError(capturedError);
        try
        {
            return new Outcome(tool(args), capturedOutput.ToString(), capturedError.ToString());
        }
        finally
        {
            System.Console.SetOut(output);
            System.Console.SetError(error);
        }
    }

    /// <summary>Starts it as a process of its own.</summary>
    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Tool).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }
}

/// <summary>What a call of the command came to.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }
}
