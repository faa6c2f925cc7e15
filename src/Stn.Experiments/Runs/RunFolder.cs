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
/// A new folder whose run never began, for whatever reason, is removed again, so that the next try finds the place free.
/// </remarks>
public sealed class RunFolder : IDisposable
{
    private readonly FolderLock _lock;
    private readonly IReadOnlyList<string> _made;
    private bool _isNew;

    private RunFolder(string path)
    {
        Path = path;
        _made = FolderLock.MakeFolders(CheckpointsPath);
        try
        {
            _lock = new FolderLock(LockPath);
        }
        catch
        {
            FolderLock.RemoveEmpty(_made);
            throw;
        }
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

    private string CheckpointsPath => In("checkpoints");

    private string LockPath => In("run.lock");

    /// <summary>Starts a new run in a folder that holds none.</summary>
    /// <exception cref="IOException">A run, or a file that would be overwritten, is there already, or another process is at work in it.</exception>
    public static RunFolder Create(string path, TrainingConfig config)
    {
        var run = new RunFolder(System.IO.Path.GetFullPath(path));
        try
        {
            run.RequireFree(path);
            run._isNew = true;
            ConfigFile.Write(run.ConfigPath, config);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Opens a run to go on with it.</summary>
    /// <exception cref="FileNotFoundException">There is no run.</exception>
    /// <exception cref="IOException">Another process is at work in it.</exception>
    public static RunFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, "config.json")))
            throw new FileNotFoundException($"{path} holds no run: config.json is not there");
        var run = new RunFolder(full);
        run.SweepKilledWrites();
        return run;
    }

    /// <summary>Lets other processes in; takes a new folder away whose run never began.</summary>
    public void Dispose()
    {
        try
        {
            Tidy();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed stays; why the run ended is the failure to report.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private void Tidy()
    {
        // The log is opened when all is prepared, right before the first step.
        if (_isNew && !File.Exists(MetricsPath))
            File.Delete(ConfigPath);
        if (!File.Exists(ConfigPath))
        {
            File.Delete(LockPath);
            FolderLock.RemoveEmpty(_made);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private void RequireFree(string path)
    {
        if (System.IO.Path.Exists(ConfigPath))
            throw new IOException($"{path} holds a run: go on with it by --resume, or choose another folder with --out");
        string[] ours = [ManifestPath, MetricsPath, WeightsPath, ResumePath, ReportPath];
        if (ours.FirstOrDefault(System.IO.Path.Exists) is { } taken)
            throw new IOException($"{path} holds no run, but {System.IO.Path.GetRelativePath(Path, taken)}, which a run would overwrite: choose another folder with --out");
    }

    // A killed process leaves what it was writing under a temporary name; nobody else writes here while the lock is held.
    private void SweepKilledWrites()
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*.tmp").Concat(Directory.EnumerateFiles(CheckpointsPath, "*.tmp")))
            File.Delete(file);
    }
}
