using System.Diagnostics;
using Stn.Testing;

namespace Stn.Cli.Tests;

/// <summary>A process of its own is interrupted in the middle of a run, then the run goes on.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Stopped => _folder["it's stopped"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_saves_and_says_how_to_go_on_and_the_bits_are_the_same(string signal)
    {
        using (var process = StartAndWait())
        {
            var error = process.StandardError.ReadToEndAsync();
            using (var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]))
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            Assert.Equal(StnTool.Failure, process.ExitCode);
            var quoted = Stopped.Replace("'", "'\\''", StringComparison.Ordinal);
            Assert.Contains($"and saved; go on with: stn train --resume '{quoted}'", await error, StringComparison.Ordinal);
            Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        }

        AssertGoesOn();
    }

    [Fact]
    public void A_killed_process_loses_an_epoch_at_most_and_the_bits_are_the_same()
    {
        using (var process = StartAndWait())
        {
            var busy = Tool.Run("train", "--resume", Stopped);
            Assert.Equal(StnTool.Failure, busy.Code);
            Assert.Contains("another process is at work", busy.Error, StringComparison.Ordinal);
            process.Kill();
            process.WaitForExit();
        }

        File.AppendAllText(Path.Combine(Stopped, "metrics.jsonl"), "{\"step\":9999,\"ep");
        AssertGoesOn();
    }

    private void AssertGoesOn()
    {
        var resumed = Tool.Run("train", "--resume", Stopped, "--threads", "1");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Contains("going on at step", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run(Arguments(_folder["whole"])).Code);
        Assert.Equal(Weights(_folder["whole"]), Weights(Stopped));
    }

    // Returns when the process has a checkpoint behind it and most of the run before it.
    private Process StartAndWait()
    {
        var process = Tool.Start(Arguments(Stopped));
        var clock = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(Stopped, "checkpoints", "resume.safetensors")))
        {
            Assert.False(process.HasExited, "the process ended too early");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "no checkpoint after a minute");
            Thread.Sleep(20);
        }

        return process;
    }

    private static string[] Arguments(string folder) =>
        ["train", "rts/cnn-pooled", "--epochs", "40", "--out", folder, .. Tool.Small];

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "checkpoints", "model.safetensors"));
}
