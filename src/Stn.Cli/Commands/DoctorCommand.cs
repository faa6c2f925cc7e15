using System.CommandLine;
using System.Text.Json;
using Stn.Experiments.Runs;

namespace Stn.Cli.Commands;

/// <summary><c>stn doctor</c>.</summary>
internal static class DoctorCommand
{
    internal static Command Create()
    {
        var json = new CommonOptions().Json;
        var verbose = new Option<bool>("--verbose") { Description = "Add libtorch's own report of how it was built" };
        var command = new Command("doctor", "Show what is installed and in use, and what to install where something is missing.\n\nExamples:\n  stn doctor\n  stn doctor --verbose") { json, verbose };
        command.SetAction(parsed =>
        {
            var findings = Diagnosis.Run(parsed.GetValue(verbose));
            if (parsed.GetValue(json))
                System.Console.WriteLine(JsonSerializer.Serialize(findings, JsonStyle.Line));
            else
                Print(findings);
            return findings.All(f => f.Ok) ? StnTool.Success : StnTool.Failure;
        });
        return command;
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            System.Console.WriteLine($"{(finding.Ok ? "ok " : "NOT")} {finding.Name,-12} {finding.Value}");
            if (finding.Advice is { } advice)
                System.Console.WriteLine($"    {string.Empty,-12} {advice}");
        }
    }
}
