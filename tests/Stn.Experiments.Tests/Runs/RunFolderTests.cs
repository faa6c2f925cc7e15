using Stn.Experiments.Runs;
using Stn.Testing;

namespace Stn.Experiments.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_may_not_work_in_one_folder()
    {
        using (var first = Begun(_folder["run"]))
        {
            Assert.Contains("another process is at work", Assert.Throws<IOException>(() => RunFolder.Open(_folder["run"])).Message, StringComparison.Ordinal);
        }

        using var next = RunFolder.Open(_folder["run"]);
    }

    [Fact]
    public void A_run_is_never_overwritten()
    {
        Begun(_folder["run"]).Dispose();
        var before = File.ReadAllText(_folder["run/config.json"]);
        var error = Assert.Throws<IOException>(() => RunFolder.Create(_folder["run"], Trial.Config("seed=9")));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["run/config.json"]));
        using var free = RunFolder.Open(_folder["run"]); // the refusal left no lock
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("metrics.jsonl")]
    [InlineData("manifest.json")]
    [InlineData("checkpoints/resume.safetensors")]
    public void A_file_of_the_same_name_as_one_of_ours_is_never_overwritten(string name)
    {
        Directory.CreateDirectory(_folder["run/checkpoints"]);
        File.WriteAllText(_folder[$"run/{name}"], "mine");
        var error = Assert.Throws<IOException>(() => RunFolder.Create(_folder["run"], Trial.Config()));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder[$"run/{name}"]));
        Assert.False(File.Exists(_folder["run/config.json"]));
    }

    [Fact]
    public void Other_files_in_the_folder_do_not_matter_and_stay()
    {
        Directory.CreateDirectory(_folder["run"]);
        File.WriteAllText(_folder["run/notes.txt"], "mine");
        RunFolder.Create(_folder["run"], Trial.Config()).Dispose();
        Assert.Equal([_folder["run/notes.txt"]], Directory.GetFileSystemEntries(_folder["run"]));
    }

    [Fact]
    public void A_run_that_never_began_leaves_nothing_not_even_the_folders_above()
    {
        RunFolder.Create(_folder["a/b/run"], Trial.Config()).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_named_and_holds_no_lock()
    {
        Directory.CreateDirectory(_folder["run/config.json"]); // a folder where the file should be
        Assert.ThrowsAny<Exception>(() => RunFolder.Create(_folder["run"], Trial.Config()));
        Directory.Delete(_folder["run/config.json"]);
        using var run = RunFolder.Create(_folder["run"], Trial.Config());
    }

    [Fact]
    public void A_folder_without_a_run_cannot_be_opened()
    {
        var error = Assert.Throws<FileNotFoundException>(() => RunFolder.Open(_folder["none"]));
        Assert.Contains(_folder["none"], error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Fact]
    public void A_trouble_that_is_no_lock_is_not_called_one()
    {
        Begun(_folder["run"]).Dispose();
        File.Delete(_folder["run/run.lock"]);
        Directory.CreateDirectory(_folder["run/run.lock"]);
        var error = Assert.ThrowsAny<Exception>(() => RunFolder.Open(_folder["run"]));
        Assert.DoesNotContain("another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_means_what_it_meant_at_the_start()
    {
        using var run = RunFolder.Create(Path.GetRelativePath(Environment.CurrentDirectory, _folder["run"]), Trial.Config());
        Assert.Equal(_folder["run"], run.Path);
    }

    private static RunFolder Begun(string path)
    {
        var run = RunFolder.Create(path, Trial.Config());
        File.WriteAllText(run.MetricsPath, string.Empty);
        return run;
    }
}
