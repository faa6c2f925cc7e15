using Stn.Testing;

namespace Stn.Cli.Tests;

/// <summary>A folder of its own for runs/ and results/.</summary>
internal sealed class TemporaryHome : IDisposable
{
    private const string Variable = "STN_HOME";
    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public TemporaryHome() => Environment.SetEnvironmentVariable(Variable, _folder.Path);

    public string this[string path] => _folder[path];

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _folder.Dispose();
    }
}
