using System.ComponentModel;
using System.Diagnostics;

namespace Stn.Testing;

/// <summary>Runs Python scripts that use PyTorch; Debian's, unless a variable names another interpreter.</summary>
public static class PythonWithTorch
{
    public const string Variable = "STN_PYTHON";

    // Looking for the module does not load it, which would take seconds.
    private static readonly Lazy<bool> _isPresent = new(() => Finds("torch", "numpy"));
    private static readonly Lazy<bool> _hasTorchvision = new(() => Finds("torch", "torchvision"));

    public static string Interpreter { get; } = Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/python3";

    public static bool IsPresent => _isPresent.Value;

    public static bool HasTorchvision => _hasTorchvision.Value;

    /// <summary>Runs the interpreter to its end; the output is that of both streams.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A script's neighbours are imported; their caches do not belong into the repository.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static bool Finds(params string[] modules)
    {
        try
        {
            return Run(["-c", "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))", .. modules]).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
