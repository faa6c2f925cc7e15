using Stn.Experiments.Training;

namespace Stn.Experiments.Runs;

/// <summary>The folder of one run, held by one process at a time.</summary>
/// <remarks>
/// <code>
/// config.json        the resolved settings
/// manifest.json      versions, commit, data, machine
/// metrics.jsonl      a line a log step and a line an epoch
/// checkpoints/model.safetensors    the weights after the last epoch
/// checkpoints/resume.safetensors   all that an exact resume needs
/// report.html, figures/
/// </code>
/// </remarks>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    private RunFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.Combine(path, "checkpoints"));
        _lock = Lock(System.IO.Path.Combine(path, "run.lock"));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>config.json.</summary>
    public string ConfigPath => In("config.json");

    /// <summary>manifest.json.</summary>
    public string ManifestPath => In("manifest.json");

    /// <summary>metrics.jsonl.</summary>
    public string MetricsPath => In("metrics.jsonl");

    /// <summary>The weights.</summary>
    public string WeightsPath => In("checkpoints/model.safetensors");

    /// <summary>The state for an exact resume.</summary>
    public string ResumePath => In("checkpoints/resume.safetensors");

    /// <summary>The self-contained report.</summary>
    public string ReportPath => In("report.html");

    /// <summary>Starts a new run in a folder that holds none.</summary>
    /// <exception cref="IOException">A run is there already, or another process is at work in it.</exception>
    public static RunFolder Create(string path, TrainingConfig config)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(System.IO.Path.Combine(full, "config.json")))
            throw new IOException($"{path} holds a run: go on with it by --resume, or choose another folder with --out");
        var folder = new RunFolder(full);
        ConfigFile.Write(folder.ConfigPath, config);
        return folder;
    }

    /// <summary>Opens a run to go on with it.</summary>
    /// <exception cref="FileNotFoundException">There is no run.</exception>
    /// <exception cref="IOException">Another process is at work in it.</exception>
    public static RunFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, "config.json")))
            throw new FileNotFoundException($"{path} holds no run: config.json is not there");
        return new RunFolder(full);
    }

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _lock.Dispose();

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static FileStream Lock(string path)
    {
        try
        {
            // The lock belongs to the open file, so it goes with the process, however that ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException($"another process is at work in {System.IO.Path.GetDirectoryName(path)} (it holds run.lock)", error);
        }
    }
}
