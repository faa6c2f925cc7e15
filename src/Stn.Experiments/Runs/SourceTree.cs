using System.ComponentModel;
using System.Diagnostics;

namespace Stn.Experiments.Runs;

/// <summary>The working copy that this build lies in, if it lies in one.</summary>
internal static class SourceTree
{
    private static readonly Lazy<bool?> Changed = new(() => Ask(AppContext.BaseDirectory));

    /// <summary>Whether the code differs from its commit; null where that cannot be told: no git, or no working copy.</summary>
    internal static bool? IsChanged => Changed.Value;

    /// <summary>The same of any folder.</summary>
    internal static bool? Ask(string folder)
    {
        // Results and documents are written while a sweep runs: they are no code.
        string[] arguments = ["-C", folder, "status", "--porcelain", "--", ":/", ":(top,exclude)results", ":(top,exclude)docs", ":(top,exclude)*.md"];
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var changes = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? changes.Length > 0 : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
